import type { ArticulatedBody } from "./articulatedBody.js";
import { massesOf } from "./massProperties.js";

/** Time constant of the mean, s: about a stride, within which any walk sways and speeds up and slows down. */
const MEMORY = 0.7;

/** Velocity of a body's centre of mass over the ground, `[x, z]`, m/s. */
export function velocityOverGround({ spec, linearVelocities }: ArticulatedBody): [x: number, z: number] {
  const { parts, total } = massesOf(spec);
  let [x, z] = [0, 0];
  for (let i = 0; i < parts.length; i++) {
    x += parts[i]! * linearVelocities[i * 3]!;
    z += parts[i]! * linearVelocities[i * 3 + 2]!;
  }
  return [x / total, z / total];
}

/** How fast a body goes over the ground, averaged over its last steps. */
export class Pace {
  /** Running mean of the velocity of the centre of mass, m/s. */
  x = 0;
  z = 0;

  constructor(private readonly body: ArticulatedBody) {}

  begin(): void {
    [this.x, this.z] = velocityOverGround(this.body);
  }

  /** @param dt seconds since the last call */
  update(dt: number): void {
    const [x, z] = velocityOverGround(this.body);
    const part = 1 - Math.exp(-dt / MEMORY);
    this.x += part * (x - this.x);
    this.z += part * (z - this.z);
  }

  /** Its part along a heading (rad from +z towards +x), m/s. */
  along(heading: number): number {
    return this.x * Math.sin(heading) + this.z * Math.cos(heading);
  }

  /** Its part to the right of a heading, m/s. */
  across(heading: number): number {
    return this.x * Math.cos(heading) - this.z * Math.sin(heading);
  }
}
