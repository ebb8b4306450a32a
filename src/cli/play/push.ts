import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { PointerEventTypes, type PointerInfoPre } from "@babylonjs/core/Events/pointerEvents.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { ArticulatedBody } from "../../body/articulatedBody.js";
import { massesOf } from "../../body/massProperties.js";
import type { Vec3 } from "../../body/spec.js";
import { PushArrow } from "./pushArrow.js";
import "@babylonjs/core/Culling/ray.js";

/** Change of the whole body's speed for each metre dragged, 1/s. */
const SPEED_PER_METRE = 1.2;
/** Longest drag that counts, m. */
const MAX_DRAG = 3;
/** How far beside a part the pointer may be, pixels: legs are thin and they move. */
const REACH = [0, 8, 16, 26];

interface Push {
  readonly body: ArticulatedBody;
  readonly part: number;
  readonly startX: number;
  readonly startY: number;
}

/**
 * Pushing with the pointer: pressing on a part, dragging and letting go gives that part an impulse along the drag,
 * in the body's own plane or, for a body free in space, in the plane that faces the viewer.
 */
export class PushTool {
  private readonly arrow: PushArrow;
  private readonly owners = new Map<AbstractMesh, { body: ArticulatedBody; part: number }>();
  private push: Push | null = null;
  private x = 0;
  private y = 0;

  /**
   * @param onPush carries a push out: N·s, in the world frame
   * @param describe says what the push in progress would do, null when there is none
   */
  constructor(
    private readonly scene: Scene,
    private readonly camera: Camera,
    private readonly canvas: HTMLCanvasElement,
    bodies: readonly ArticulatedBody[],
    private readonly onPush: (body: ArticulatedBody, part: number, impulse: Vec3) => void,
    private readonly describe: (text: string | null) => void,
  ) {
    this.arrow = new PushArrow(scene);
    for (const body of bodies) {
      body.bodies.forEach(({ transformNode }, part) => {
        for (const mesh of transformNode.getChildMeshes()) this.owners.set(mesh, { body, part });
      });
    }
    scene.doNotHandleCursors = true;
    // Before the camera sees it: the camera turns only when the drag begins elsewhere.
    scene.onPrePointerObservable.add((info) => this.onPointer(info));
  }

  /** Keeps the arrow on its part; call it before each frame is drawn. */
  update(): void {
    const { push } = this;
    if (!push) return;
    const impulse = this.impulse(push);
    this.arrow.show(partPosition(push.body, push.part), this.drag(push));
    this.describe(`${push.body.spec.parts[push.part]!.name}: ${impulse.length().toFixed(0)} N·s`);
  }

  private onPointer(info: PointerInfoPre): void {
    const { offsetX, offsetY, button } = info.event;
    this.x = offsetX;
    this.y = offsetY;
    if (info.type === PointerEventTypes.POINTERDOWN && button === 0 && !this.push) {
      const hit = this.pick(offsetX, offsetY);
      if (!hit) return;
      this.push = { ...hit, startX: offsetX, startY: offsetY };
    } else if (info.type === PointerEventTypes.POINTERUP && this.push) {
      const { body, part } = this.push;
      const impulse = this.impulse(this.push);
      this.push = null;
      this.arrow.hide();
      this.describe(null);
      this.onPush(body, part, [impulse.x, impulse.y, impulse.z]);
    } else if (!this.push) {
      this.canvas.style.cursor = this.pick(offsetX, offsetY) ? "grab" : "default";
      return;
    }
    this.canvas.style.cursor = this.push ? "grabbing" : "default";
    info.skipOnPointerObservable = true;
  }

  /** The part under the pointer, or else the nearest around it. */
  private pick(x: number, y: number): { body: ArticulatedBody; part: number } | null {
    for (const reach of REACH) {
      for (let i = 0; i < (reach > 0 ? 8 : 1); i++) {
        const angle = (i * Math.PI) / 4;
        const found = this.scene.pick(x + reach * Math.cos(angle), y + reach * Math.sin(angle), (mesh) =>
          this.owners.has(mesh),
        );
        if (found.pickedMesh) return this.owners.get(found.pickedMesh)!;
      }
    }
    return null;
  }

  private impulse(push: Push): Vector3 {
    const mass = massesOf(push.body.spec).total;
    return this.drag(push).scale(mass * SPEED_PER_METRE);
  }

  /** The drag in the world, m, on the plane through the part; the camera may move meanwhile. */
  private drag({ body, part, startX, startY }: Push): Vector3 {
    const { root } = body.spec;
    const normal =
      root.kind === "planar" ? new Vector3(...root.normal).normalize() : this.camera.getForwardRay().direction;
    const origin = partPosition(body, part);
    const from = this.onPlane(startX, startY, origin, normal);
    const to = this.onPlane(this.x, this.y, origin, normal);
    if (!from || !to) return Vector3.Zero();
    const drag = to.subtract(from);
    return drag.length() > MAX_DRAG ? drag.normalize().scale(MAX_DRAG) : drag;
  }

  /** Where the ray through a pixel meets a plane; null when it does not. */
  private onPlane(x: number, y: number, origin: Vector3, normal: Vector3): Vector3 | null {
    const ray = this.scene.createPickingRay(x, y, Matrix.Identity(), this.camera);
    const distance = Vector3.Dot(origin.subtract(ray.origin), normal) / Vector3.Dot(ray.direction, normal);
    return distance > 0 && Number.isFinite(distance) ? ray.origin.add(ray.direction.scale(distance)) : null;
  }
}

function partPosition({ bodies }: ArticulatedBody, part: number): Vector3 {
  return bodies[part]!.transformNode.position.clone();
}
