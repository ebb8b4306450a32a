import { dot } from "../../nn/dot.js";

/**
 * x ≈ F⁻¹ b for a symmetric positive definite F that is known by its products only (Hestenes and Stiefel 1952).
 * @param product F v
 * @param iterations the most products
 * @param tolerance it ends early when ‖b − F x‖² falls below this
 */
export function conjugateGradient(
  product: (v: Float64Array) => Float64Array,
  b: Float64Array,
  iterations: number,
  tolerance = 1e-10,
): Float64Array {
  const x = new Float64Array(b.length);
  const r = b.slice();
  const p = b.slice();
  let rr = dot(r, r);
  for (let k = 0; k < iterations && rr > tolerance; k++) {
    const fp = product(p);
    const alpha = rr / dot(p, fp);
    for (let i = 0; i < x.length; i++) {
      x[i]! += alpha * p[i]!;
      r[i]! -= alpha * fp[i]!;
    }
    const next = dot(r, r);
    const beta = next / rr;
    for (let i = 0; i < p.length; i++) p[i] = r[i]! + beta * p[i]!;
    rr = next;
  }
  return x;
}
