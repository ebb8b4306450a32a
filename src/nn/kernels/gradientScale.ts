import type { OptimizedPlaces } from "../optimizer.js";
import type { KernelArena } from "./arena.js";

/** The factor that brings the gradients down to a norm of at most `maxGradNorm`. */
export function gradientScale(arena: KernelArena, { gradients, size, maxGradNorm = null }: OptimizedPlaces): number {
  if (maxGradNorm === null) return 1;
  const norm = Math.sqrt(arena.kernels.sumSquares(gradients, size));
  // Written so that a norm that is not a number spreads to the weights, and is found there.
  return norm + 1e-6 <= maxGradNorm ? 1 : maxGradNorm / (norm + 1e-6);
}
