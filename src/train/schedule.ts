/** How a hyperparameter changes over training. */
export type ScheduleKind = "constant" | "linear";

/** Where linear schedules end, at `maxSteps`: the floors of ML-Agents (`trainers/ppo/optimizer_torch.py`). */
export const SCHEDULE_FLOORS = { learningRate: 1e-10, epsilon: 0.1, beta: 1e-5 } as const;

/** The value at `step`: `initial` throughout, or on the line from `initial` at 0 to `floor` from `maxSteps` on. */
export function schedule(kind: ScheduleKind, initial: number, floor: number, step: number, maxSteps: number): number {
  if (kind === "constant") return initial;
  return floor + (initial - floor) * (1 - Math.min(step, maxSteps) / maxSteps);
}
