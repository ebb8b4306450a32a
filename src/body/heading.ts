/** The direction, rad about the vertical (0 is +z, π/2 is +x), in which a part's own +z axis points on the ground. */
export function headingOf(rotations: Float32Array, part: number): number {
  const q = part * 4;
  const x = rotations[q]!,
    y = rotations[q + 1]!,
    z = rotations[q + 2]!,
    w = rotations[q + 3]!;
  return Math.atan2(2 * (x * z + w * y), 1 - 2 * (x * x + y * y));
}
