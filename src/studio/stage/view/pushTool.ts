import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { PointerEventTypes, type PointerInfoPre } from "@babylonjs/core/Events/pointerEvents.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { massesOf } from "../../../body/massProperties.js";
import type { BodySpec } from "../../../body/spec.js";
import { PushArrow } from "../../../cli/play/pushArrow.js";
import type { StageCommands } from "../protocol.js";
import type { PickedPart } from "./pickPart.js";
import "@babylonjs/core/Culling/ray.js";

/** Change of the whole body's speed for each metre dragged, 1/s. */
const SPEED_PER_METRE = 1.2;
/** Longest drag that counts, m. */
const MAX_DRAG = 3;
/** How far beside a part the pointer may be, pixels: legs are thin and they move. */
const REACH = 26;

export interface PushTarget {
  /** The part that the ray hits, or passes by no further than that many metres for each metre of its way. */
  pick(origin: Vector3, direction: Vector3, slack: number): PickedPart | null;
  /** Writes where the part is that is drawn now. */
  placeOf(picked: PickedPart, out: Vector3): void;
}

interface Push extends PickedPart {
  readonly startX: number;
  readonly startY: number;
}

/**
 * Pushing with the pointer: pressing on a part, dragging and letting go gives that part an impulse along the drag,
 * in the body's own plane or, for a body free in space, in the plane that faces the viewer.
 */
export class PushTool {
  private readonly arrow: PushArrow;
  private readonly place = new Vector3();
  private push: Push | null = null;
  private x = 0;
  private y = 0;

  /**
   * @param onPush carries a push out
   * @param describe says what the push in progress would do, null when there is none
   */
  constructor(
    private readonly scene: Scene,
    private readonly camera: Camera,
    private readonly canvas: HTMLCanvasElement,
    private readonly body: BodySpec,
    private readonly target: PushTarget,
    private readonly onPush: (push: StageCommands["push"]) => void,
    private readonly describe: (text: string | null) => void,
  ) {
    this.arrow = new PushArrow(scene);
    scene.doNotHandleCursors = true;
    // The camera's and our own hands are all that reach for the pointer.
    scene.skipPointerMovePicking = true;
    // Before the camera sees it: the camera turns only when the drag begins elsewhere.
    scene.onPrePointerObservable.add((info) => this.onPointer(info));
  }

  /** Keeps the arrow on its part; call it before each frame is drawn. */
  update(): void {
    const { push } = this;
    if (!push) return;
    this.target.placeOf(push, this.place);
    const drag = this.drag(push);
    this.arrow.show(this.place, drag);
    this.describe(`${this.body.parts[push.part]!.name}: ${this.impulse(drag).length().toFixed(0)} N·s`);
  }

  private onPointer(info: PointerInfoPre): void {
    const { offsetX, offsetY, button } = info.event;
    this.x = offsetX;
    this.y = offsetY;
    if (info.type === PointerEventTypes.POINTERDOWN && button === 0 && !this.push) {
      const hit = this.pick();
      if (!hit) return;
      this.push = { ...hit, startX: offsetX, startY: offsetY };
    } else if (info.type === PointerEventTypes.POINTERUP && this.push) {
      const { character, part } = this.push;
      this.target.placeOf(this.push, this.place);
      const { x, y, z } = this.impulse(this.drag(this.push));
      this.push = null;
      this.arrow.hide();
      this.describe(null);
      this.onPush({ character, part, impulse: [x, y, z] });
    } else if (!this.push) {
      this.canvas.style.cursor = info.event.buttons === 0 && this.pick() ? "grab" : "default";
      return;
    }
    this.canvas.style.cursor = this.push ? "grabbing" : "default";
    info.skipOnPointerObservable = true;
  }

  /** The part under the pointer, or else the nearest around it. */
  private pick(): PickedPart | null {
    const { origin, direction } = this.ray(this.x, this.y);
    const pixel = (2 * Math.tan(this.camera.fov / 2)) / this.canvas.clientHeight;
    return this.target.pick(origin, direction, REACH * pixel);
  }

  private impulse(drag: Vector3): Vector3 {
    return drag.scale(massesOf(this.body).total * SPEED_PER_METRE);
  }

  /** The drag in the world, m, on the plane through the part; the camera may move meanwhile. */
  private drag({ startX, startY }: Push): Vector3 {
    const { root } = this.body;
    const normal =
      root.kind === "planar" ? new Vector3(...root.normal).normalize() : this.camera.getForwardRay().direction;
    const from = this.onPlane(startX, startY, normal);
    const to = this.onPlane(this.x, this.y, normal);
    if (!from || !to) return Vector3.Zero();
    const drag = to.subtract(from);
    return drag.length() > MAX_DRAG ? drag.normalize().scale(MAX_DRAG) : drag;
  }

  /** Where the ray through a pixel meets the plane through the part; null when it does not. */
  private onPlane(x: number, y: number, normal: Vector3): Vector3 | null {
    const ray = this.ray(x, y);
    const distance = Vector3.Dot(this.place.subtract(ray.origin), normal) / Vector3.Dot(ray.direction, normal);
    return distance > 0 && Number.isFinite(distance) ? ray.origin.add(ray.direction.scale(distance)) : null;
  }

  private ray(x: number, y: number) {
    return this.scene.createPickingRay(x, y, Matrix.Identity(), this.camera);
  }
}
