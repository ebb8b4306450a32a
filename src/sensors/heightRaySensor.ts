import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { PhysicsRaycastResult } from "@babylonjs/core/Physics/physicsRaycastResult.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import { ALL_BODIES } from "../body/partShape.js";
import type { Sensor } from "./sensor.js";

/** A ray from the root's centre straight down: how far it gets, as a share of its length; 1 when it hits nothing. */
export class HeightRaySensor implements Sensor {
  readonly size = 1;
  private readonly from = new Vector3();
  private readonly to = new Vector3();
  private readonly hit = new PhysicsRaycastResult();
  /** Articulated bodies, this one and others, are transparent. */
  private readonly query = { collideWith: ~ALL_BODIES };

  /** @param rayLength m */
  constructor(
    private readonly body: ArticulatedBody,
    private readonly rayLength = 10,
    readonly name = "heightRay",
  ) {}

  write(out: Float32Array, offset: number): void {
    const { from, to, hit, rayLength, body } = this;
    from.set(body.positions[0]!, body.positions[1]!, body.positions[2]!);
    to.set(from.x, from.y - rayLength, from.z);
    hit.reset(from, to);
    body.world.plugin.raycast(from, to, hit, this.query);
    out[offset] = hit.hasHit ? hit.hitDistance / rayLength : 1;
  }
}
