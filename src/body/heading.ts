/** The direction, rad about the vertical (0 is +z, π/2 is +x), in which a part's own +z axis points on the ground. */
export function headingOf(rotations: Float32Array, part: number): number {
  const [sin, cos] = directionOf(rotations, part);
  return Math.atan2(sin, cos);
}

/**
 * Sine and cosine of that heading: its direction along x and z. A part that looks straight up or down has none; then the
 * world's.
 */
export function directionOf(rotations: Float32Array, part: number): readonly [sin: number, cos: number] {
  const q = part * 4;
  const x = rotations[q]!,
    y = rotations[q + 1]!,
    z = rotations[q + 2]!,
    w = rotations[q + 3]!;
  const alongX = 2 * (x * z + w * y);
  const alongZ = 1 - 2 * (x * x + y * y);
  const norm = Math.sqrt(alongX * alongX + alongZ * alongZ);
  return norm > 1e-6 ? [alongX / norm, alongZ / norm] : [0, 1];
}
