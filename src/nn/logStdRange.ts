import { logStdInRange } from "../policy/network.js";

/** Bounds of log σ where it depends on the state: between them it is mapped smoothly, so that its gradient never vanishes. */
export const LOG_STD_RANGE = [-5, 2] as const;

const [LOW, HIGH] = LOG_STD_RANGE;

/** log σ from what a network says. */
export function boundedLogStd(y: number): number {
  return logStdInRange(y, LOG_STD_RANGE);
}

/** d log σ / dy */
export function boundedLogStdSlope(y: number): number {
  return ((HIGH - LOW) / 2) * (1 - Math.tanh(y) ** 2);
}

/** What a network has to say for log σ; the inverse of {@link boundedLogStd}. */
export function rawLogStd(logStd: number): number {
  return Math.atanh((2 * (logStd - LOW)) / (HIGH - LOW) - 1);
}
