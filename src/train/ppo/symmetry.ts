import type { MirrorMap } from "../../body/mirror.js";

/**
 * Adds the gradient of the symmetry loss w Σ‖μ(s) − M μ(M s)‖² (Yu, Turk and Liu 2018, "Learning Symmetric and Low-Energy
 * Locomotion", equation 3), where M takes states and actions to their mirror images:
 *
 *     ∂/∂μ(s) = 2w (μ(s) − M μ(M s)),   ∂/∂μ(M s) = −2w Mᵀ(μ(s) − M μ(M s))
 *
 * @param mirror M for actions
 * @param head the policy's head, `[2·rows, headSize]`: states, then their mirror images in the same order
 * @param weight w over the rows of the whole minibatch
 * @param dHead the head's gradient, `[2·rows, headSize]`; the rows of the mirror images are overwritten
 */
export function addSymmetryGradient(
  { sources, signs }: MirrorMap,
  head: Float32Array,
  rows: number,
  headSize: number,
  weight: number,
  dHead: Float32Array,
): void {
  dHead.fill(0, rows * headSize);
  for (let row = 0; row < rows; row++) {
    const state = row * headSize;
    const image = (rows + row) * headSize;
    for (let j = 0; j < sources.length; j++) {
      const source = sources[j]!;
      const sign = signs[j]!;
      const slope = 2 * weight * (head[state + j]! - sign * head[image + source]!);
      dHead[state + j]! += slope;
      dHead[image + source]! -= sign * slope;
    }
  }
}
