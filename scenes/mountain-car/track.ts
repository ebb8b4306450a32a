/** Half the length of the valley, m, and the height of the hills at its ends, m. */
const HALF_LENGTH = 6;
const HILL = 2.5;

/** Where the car has to get to, m along z. */
export const GOAL = 5.2;

/** Height of the track, m: a cosine with its bottom at 0 and a hill on either side, behind the hills 45° up. */
export function trackHeight(_x: number, z: number): number {
  const beyond = Math.max(0, Math.abs(z) - HALF_LENGTH);
  const inside = Math.min(Math.abs(z), HALF_LENGTH);
  return (HILL / 2) * (1 - Math.cos((Math.PI * inside) / HALF_LENGTH)) + beyond;
}
