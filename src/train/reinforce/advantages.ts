import { computeReturns, type MonteCarloInput } from "../../rollout/monteCarlo.js";

/**
 * G − b of the decisions of whole episodes, 0 of the others.
 * @param values V(s), `[T, N]` @param advantages filled, `[T, N]`
 * @param targets filled with what the values should be, `[T, N]`: those that nothing is known of should stay as they are
 */
export function reinforceAdvantages(
  input: MonteCarloInput,
  baseline: "none" | "constant" | "learned",
  values: Float32Array,
  advantages: Float32Array,
  targets: Float32Array,
): void {
  const isWhole = new Uint8Array(values.length);
  computeReturns(input, targets, isWhole);
  const count = isWhole.reduce((sum, whole) => sum + whole, 0);
  const mean = count > 0 ? targets.reduce((sum, value) => sum + value, 0) / count : 0;
  for (let i = 0; i < values.length; i++) {
    if (!isWhole[i]) {
      advantages[i] = 0;
      targets[i] = values[i]!;
      continue;
    }
    const b = baseline === "learned" ? values[i]! : baseline === "constant" ? mean : 0;
    advantages[i] = targets[i]! - b;
  }
}
