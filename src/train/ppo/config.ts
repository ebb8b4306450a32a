import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import {
  atLeastBatch,
  choice,
  count,
  fraction,
  notNegative,
  number,
  numberOrNull,
  positive,
  section,
} from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

const SCHEDULES = ["linear", "constant"] as const;

const hyperparameters = {
  /** Steps of one gradient step. */
  batch_size: number(count, 1024),
  /** Steps collected before an update. */
  buffer_size: number(count, 10_240),
  /** Step size of Adam at the start. */
  learning_rate: number(positive, 3e-4),
  /** Weight of the entropy bonus at the start. */
  beta: number(notNegative, 5e-3),
  /** λ of generalised advantage estimation. ML-Agents drops the last letter; `lambda` is accepted too. */
  lambd: number(fraction, 0.95),
  /** Passes over the buffer in one update. */
  num_epoch: number(count, 3),
  /**
   * `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it; `adaptive`, which
   * ML-Agents does not have, keeps the KL divergence of an update near `legwork.desired_kl`.
   */
  learning_rate_schedule: choice([...SCHEDULES, "adaptive"], "linear"),
  /** `linear` lets `beta` fall to 1e-5. */
  beta_schedule: choice(SCHEDULES, "linear"),
};

/** Actor and critic are two networks. */
const withoutEffect = { shared_critic: [false] };

const others = {
  ...commonKeys,
  legwork: section({
    ...onPolicyLegworkKeys,
    ...gradientNormKey,
    /**
     * Largest standard deviation at the end: over the last third of `max_steps` a bound falls to it from `initial_std`, in
     * equal ratios, so that the policy also acts well without noise. null: no bound.
     */
    final_std: numberOrNull(positive),
    /** An update stops its passes early once the approximate KL divergence exceeds this; null never stops early. */
    target_kl: numberOrNull(positive),
    /** What the adaptive learning rate aims at, for the mean approximate KL divergence of an update. */
    desired_kl: number(positive, 0.01),
    /**
     * Weight of the squared distance between the mean action and the mirror image of the mean action in the mirrored
     * state (Yu, Turk and Liu 2018, equation 3); the body has to declare its left and right. 0: none.
     */
    symmetry_loss: number(notNegative, 0),
  }),
};

/** A behaviour that clipped PPO trains (Schulman et al. 2017, "Proximal Policy Optimization Algorithms"). */
export const ppoSchema = section(
  {
    trainer_type: z.literal("ppo"),
    hyperparameters: atLeastBatch(
      section(
        {
          ...hyperparameters,
          /** Half width of the clip range of the probability ratio at the start. */
          epsilon: number(positive, 0.2),
          /** `linear` lets `epsilon` fall to 0.1. */
          epsilon_schedule: choice(SCHEDULES, "linear"),
        },
        withoutEffect,
      ),
    ),
    ...others,
  },
  commonKeysWithoutEffect,
);

/** A behaviour that PPO with a penalty on the KL divergence trains (the same paper, section 4). */
export const ppoKlSchema = section(
  {
    trainer_type: z.literal("ppo-kl"),
    hyperparameters: atLeastBatch(
      section(
        {
          ...hyperparameters,
          /** Weight of the penalty at the start. */
          kl_coefficient: number(positive, 1),
          /** `adaptive` doubles or halves that weight to keep the divergence of an update near `kl_target`; `fixed` leaves it. */
          kl_penalty: choice(["adaptive", "fixed"], "adaptive"),
          /** Divergence that an update should have. */
          kl_target: number(positive, 0.01),
        },
        withoutEffect,
      ),
    ),
    ...others,
  },
  commonKeysWithoutEffect,
);
