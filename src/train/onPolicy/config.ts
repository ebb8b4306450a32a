import { commonLegworkKeys } from "../config/commonKeys.js";
import { boolean, choice, number, numberOrNull, positive } from "../config/fields.js";

/** Legwork's own keys of the trainers that learn from what the present policy has just done. */
export const onPolicyLegworkKeys = {
  ...commonLegworkKeys,
  /** Standard deviation of every continuous action at the start; actions reach from -1 to 1. */
  initial_std: number(positive, 1),
  /** What a new policy asks for: actions of 0, or the pose in which episodes begin. */
  initial_action: choice(["zero", "start"], "zero"),
  /** Whether a policy that goes on from another one's weights explores with `initial_std` again, to find other ways to move. */
  restart_exploration: boolean(false),
  /** Whether returns are scaled by their running standard deviation before the value function learns them. */
  normalize_returns: boolean(true),
  /** Whether the advantages of a batch are shifted to mean 0 and scaled to standard deviation 1. */
  normalize_advantages: boolean(true),
};

/** The key of those among them that learn by Adam. */
export const gradientNormKey = {
  /** Gradients are scaled down to at most this norm; null leaves them as they are. */
  max_grad_norm: numberOrNull(positive, 0.5),
};
