import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { count, fraction, notNegative, number, positive, section } from "../config/fields.js";
import { onPolicyLegworkKeys } from "../onPolicy/config.js";

const shared = {
  /** Steps collected before an update, all of which the policy learns from at once. */
  buffer_size: number(count, 10_240),
  /** Steps of one gradient step of the critic. */
  batch_size: number(count, 512),
  /** Step size of Adam, for the critic. */
  learning_rate: number(positive, 1e-3),
  /** Passes of the critic over the buffer in one update. */
  num_epoch: number(count, 5),
  /** λ of generalised advantage estimation. */
  lambd: number(fraction, 0.97),
  /** Weight of the entropy bonus. */
  beta: number(notNegative, 0),
  /** Added to the diagonal of the Fisher matrix. */
  cg_damping: number(positive, 0.1),
};

/** Products with the Fisher matrix. */
const cgIterations = number(count, 10);
/** δ: KL divergence of one step of the policy, nats. */
const klTarget = number(positive, 0.01);

function naturalGradientSchema<Name extends string, Own extends z.ZodRawShape>(name: Name, own: Own) {
  return section(
    {
      trainer_type: z.literal(name),
      hyperparameters: section({ ...shared, ...own }),
      ...commonKeys,
      legwork: section(onPolicyLegworkKeys),
    },
    commonKeysWithoutEffect,
  );
}

/** A behaviour that trust region policy optimisation trains (Schulman et al. 2015). */
export const trpoSchema = naturalGradientSchema("trpo", {
  cg_iterations: cgIterations,
  kl_target: klTarget,
  /** Steps that the line search tries, each 0.8 times the one before. */
  line_search_steps: number(count, 10),
});

/** A behaviour that the truncated natural policy gradient trains (Duan et al. 2016, "Benchmarking Deep Reinforcement Learning for Continuous Control"). */
export const tnpgSchema = naturalGradientSchema("tnpg", { cg_iterations: cgIterations, kl_target: klTarget });

/** A behaviour that the natural policy gradient trains (Kakade 2001, "A Natural Policy Gradient"). */
export const npgSchema = naturalGradientSchema("npg", {
  /** Products with the Fisher matrix; so many that the natural gradient is as good as exact. */
  cg_iterations: number(count, 50),
  /** Of the step along the natural gradient. */
  step_size: number(positive, 0.05),
});
