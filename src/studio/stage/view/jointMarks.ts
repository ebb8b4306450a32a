import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { jointAxes } from "../../../body/kinematics.js";
import { shapeCenter } from "../../../body/massProperties.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type LimitSpec, type PartSpec, type Vec3 } from "../../../body/spec.js";
import { dot, length, normalize, perpendicular, scale, subtract } from "../../../body/vector.js";
import { frameOf } from "../../../cli/play/bodyExtent.js";
import type { FrameLayout } from "../frameLayout.js";
import { Copies } from "./copies.js";
import { arcMesh } from "./jointShapes.js";

/** A joint this near to its limit shows it, as a share of its range and, at most, rad. */
const NEAR_SHARE = 0.2;
const NEAR = 0.25;
const CALM = Color3.FromHexString("#1f7a8c");
const ALARM = Color3.FromHexString("#e4002b");

interface Mark {
  readonly parent: number;
  /** Number of the joint value. */
  readonly freedom: number;
  readonly limit: LimitSpec;
  readonly arc: Copies;
}

/** At each joint that turns and has limits an arc, through which the limb moves from one to the other; red near a limit. */
export class JointMarks {
  private readonly marks: readonly Mark[];
  private visible = true;

  constructor(
    scene: Scene,
    body: BodySpec,
    private readonly layout: FrameLayout,
  ) {
    this.marks = createMarks(scene, body, layout.agents);
    this.setVisible(false);
  }

  setVisible(visible: boolean): void {
    if (visible === this.visible) return;
    this.visible = visible;
    for (const { arc } of this.marks) arc.mesh.setEnabled(visible);
  }

  show(values: Float32Array): void {
    if (!this.visible) return;
    const { layout } = this;
    const { agents } = layout;
    for (const { parent, freedom, limit, arc } of this.marks) {
      for (let i = 0; i < agents; i++) {
        const value = values[layout.jointsAt + i * layout.freedoms + freedom]!;
        arc.place(i, values, layout.poseAt(i, parent));
        const alarm = nearness(value, limit);
        const red = CALM.r + alarm * (ALARM.r - CALM.r);
        const green = CALM.g + alarm * (ALARM.g - CALM.g);
        const blue = CALM.b + alarm * (ALARM.b - CALM.b);
        arc.color(i, red, green, blue, 1);
      }
      arc.commit();
    }
  }
}

/** 0 far from both limits, 1 at one of them or beyond. */
export function nearness(value: number, [low, high]: LimitSpec): number {
  const near = Math.min(NEAR, NEAR_SHARE * (high - low));
  return Math.min(1, Math.max(0, 1 - Math.min(value - low, high - value) / near));
}

function createMarks(scene: Scene, body: BodySpec, agents: number): Mark[] {
  const material = new StandardMaterial("joint", scene);
  material.disableLighting = true;
  material.emissiveColor = Color3.White();
  material.backFaceCulling = false;
  const parts = new Map(body.parts.map((part, index) => [part.name, { part, index }]));
  const marks: Mark[] = [];
  let freedom = 0;
  for (const joint of body.joints) {
    const parent = parts.get(joint.parent)!;
    const child = parts.get(joint.child)!;
    const anchor = subtract(joint.anchor, shapeCenter(parent.part.shape));
    const outer = Math.max(0.075 * frameOf(body).size, 2.1 * thickness(child.part));
    const limb = subtract(shapeCenter(child.part.shape), joint.anchor);
    const axes = jointAxes(joint);
    for (let i = 0; i < DEGREES_OF_FREEDOM[joint.kind]; i++, freedom++) {
      const limit = joint.limits?.[i];
      if (!limit || joint.kind === "slider") continue;
      const axis = axes[i]!;
      const start = across(limb, axis);
      const arc = arcMesh(scene, { anchor, axis, start, limit, outer });
      arc.material = material;
      marks.push({
        parent: parent.index,
        freedom,
        limit,
        arc: new Copies(arc, agents, true),
      });
    }
  }
  return marks;
}

/** Half of a part's width, m. */
function thickness({ shape }: PartSpec): number {
  return shape.kind === "box" ? Math.min(...shape.size) / 2 : shape.radius;
}

/** The direction of `v` as it is seen along an axis. */
function across(v: Vec3, axis: Vec3): Vec3 {
  const flat = subtract(v, scale(axis, dot(v, axis)));
  return length(flat) > 1e-3 ? normalize(flat) : perpendicular(axis);
}
