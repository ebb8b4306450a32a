import { type ActionSpec, maskSize } from "../policy/policy.js";

/** Numbers of a state with an action, for critics that judge both. */
export function stateActionSize(observationSize: number, spec: ActionSpec): number {
  return observationSize + spec.continuous + maskSize(spec);
}

/**
 * States and actions side by side, `[rows, stateActionSize]`: the continuous values as the environment takes them, clipped to
 * [−1, 1], and a 1 for the chosen option of each branch.
 * @param observations `[rows, observationSize]` @param actions `[rows, actionSize]`
 */
export function stateActions(
  spec: ActionSpec,
  observationSize: number,
  observations: Float32Array,
  actions: Float32Array,
): Float32Array {
  const { continuous, discrete } = spec;
  const actionSize = continuous + discrete.length;
  const rows = actions.length / actionSize;
  const size = stateActionSize(observationSize, spec);
  const pairs = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * actionSize, row * size];
    pairs.set(observations.subarray(row * observationSize, (row + 1) * observationSize), to);
    let at = to + observationSize;
    for (let j = 0; j < continuous; j++) pairs[at++] = Math.max(-1, Math.min(1, actions[from + j]!));
    for (let branch = 0; branch < discrete.length; branch++) {
      pairs[at + actions[from + continuous + branch]!] = 1;
      at += discrete[branch]!;
    }
  }
  return pairs;
}
