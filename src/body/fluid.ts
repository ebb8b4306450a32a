import type { ArticulatedBody } from "./articulatedBody.js";
import { partInertia, shapeRotation } from "./massProperties.js";
import type { FluidSpec, Quat, Vec3 } from "./spec.js";
import { conjugate, multiply, rotate } from "./vector.js";

/** Half edges of the box with the mass and the principal moments of a part, m. */
function equivalentBox(mass: number, [ix, iy, iz]: Vec3): Vec3 {
  const half = (sum: number) => Math.sqrt(Math.max(0, (3 * sum) / (2 * mass)));
  return [half(iy + iz - ix), half(ix + iz - iy), half(ix + iy - iz)];
}

/**
 * The resistance of a fluid, part by part, as MuJoCo's inertia-based model has it (MuJoCo documentation, "Fluid forces"):
 * along each principal axis i of a part with half edges r of its equivalent box
 *
 *     f_i = −2 ρ r_j r_k |v_i| v_i − 6 π β r̄ v_i
 *     τ_i = −½ ρ r_i (r_j⁴ + r_k⁴) |ω_i| ω_i − 8 π β r̄³ ω_i
 *
 * with density ρ, viscosity β and r̄ the mean of the three.
 */
export class FluidForces {
  private readonly boxes: readonly Vec3[];
  private readonly axes: readonly Quat[];

  constructor(
    private readonly body: ArticulatedBody,
    private readonly fluid: FluidSpec,
  ) {
    const { parts } = body.spec;
    // The shape's own moments: armature stands for rotors, which are inside.
    this.boxes = parts.map((part) => equivalentBox(part.mass, partInertia({ ...part, armature: 0 })));
    this.axes = parts.map((part) => shapeRotation(part.shape));
  }

  /** Gives each part the impulse of `dt` seconds; called before every physics step. */
  apply(dt: number): void {
    const { body } = this;
    const { havok } = body.world;
    body.world.state.read(body);
    for (let part = 0; part < this.boxes.length; part++) {
      const q = part * 4;
      const i = part * 3;
      const { rotations, linearVelocities: v, angularVelocities: w, positions } = body;
      const toWorld = multiply(
        [rotations[q]!, rotations[q + 1]!, rotations[q + 2]!, rotations[q + 3]!],
        this.axes[part]!,
      );
      const toLocal = conjugate(toWorld);
      const [force, torque] = this.resistance(
        this.boxes[part]!,
        rotate(toLocal, [v[i]!, v[i + 1]!, v[i + 2]!]),
        rotate(toLocal, [w[i]!, w[i + 1]!, w[i + 2]!]),
      );
      const [fx, fy, fz] = rotate(toWorld, force);
      const [tx, ty, tz] = rotate(toWorld, torque);
      const handle = body.handles[part]!;
      const at: [number, number, number] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
      havok.HP_Body_ApplyImpulse(handle, at, [fx * dt, fy * dt, fz * dt]);
      havok.HP_Body_ApplyAngularImpulse(handle, [tx * dt, ty * dt, tz * dt]);
    }
  }

  /** Force and torque along the principal axes, for velocities along them. */
  private resistance(r: Vec3, v: Vec3, w: Vec3): readonly [force: Vec3, torque: Vec3] {
    const { density, viscosity } = this.fluid;
    const mean = (r[0] + r[1] + r[2]) / 3;
    const force = (i: 0 | 1 | 2, j: 0 | 1 | 2, k: 0 | 1 | 2) =>
      -2 * density * r[j] * r[k] * Math.abs(v[i]) * v[i] - 6 * Math.PI * viscosity * mean * v[i];
    const torque = (i: 0 | 1 | 2, j: 0 | 1 | 2, k: 0 | 1 | 2) =>
      -0.5 * density * r[i] * (r[j] ** 4 + r[k] ** 4) * Math.abs(w[i]) * w[i] -
      8 * Math.PI * viscosity * mean ** 3 * w[i];
    return [
      [force(0, 1, 2), force(1, 0, 2), force(2, 0, 1)],
      [torque(0, 1, 2), torque(1, 0, 2), torque(2, 0, 1)],
    ];
  }
}
