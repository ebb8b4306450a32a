/** How a hyperparameter changes over training. */
export type ScheduleKind = "constant" | "linear";

/** Where linear schedules end, at `maxSteps`: the floors of ML-Agents (`trainers/ppo/optimizer_torch.py`). */
export const SCHEDULE_FLOORS = { learningRate: 1e-10, epsilon: 0.1, beta: 1e-5 } as const;

/** The value at `step`: `initial` throughout, or on the line from `initial` at 0 to `floor` from `maxSteps` on. */
export function schedule(kind: ScheduleKind, initial: number, floor: number, step: number, maxSteps: number): number {
  if (kind === "constant") return initial;
  return floor + (initial - floor) * (1 - Math.min(step, maxSteps) / maxSteps);
}

/**
 * The weight of a penalty on the KL divergence after an update of this divergence (Schulman et al. 2017, section 4):
 * double where the policy has moved more than 1.5 times as far as it should, half where less than that part of it.
 */
export function adaptKlCoefficient(beta: number, kl: number, target: number): number {
  if (kl > 1.5 * target) return 2 * beta;
  return kl < target / 1.5 ? beta / 2 : beta;
}

/** Where the adaptive learning rate stays. */
const ADAPTIVE_RANGE = [1e-6, 1e-2] as const;

/**
 * The learning rate after an update of this KL divergence: smaller by half where the policy has moved more than twice as
 * far as desired, larger by half where it has moved less than half as far. The rule of RSL-RL and rl_games, which goes
 * back to Schulman et al. 2017, section 4 (there for the weight of a KL penalty).
 */
export function adaptLearningRate(rate: number, kl: number, desiredKl: number): number {
  const [lowest, highest] = ADAPTIVE_RANGE;
  if (kl > 2 * desiredKl) return Math.max(lowest, rate / 1.5);
  if (kl < desiredKl / 2) return Math.min(highest, rate * 1.5);
  return rate;
}
