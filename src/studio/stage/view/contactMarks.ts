import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { massesOf } from "../../../body/massProperties.js";
import type { BodySpec } from "../../../body/spec.js";
import { frameOf } from "../../../cli/play/bodyExtent.js";
import { CONTACT, type FrameLayout, POSE } from "../frameLayout.js";
import { Copies } from "./copies.js";

/** Length of the line for a force as large as the body's weight on Earth, and the longest one, in body heights. */
const WEIGHT_LENGTH = 0.18;
const MAX_LENGTH = 0.6;
const EARTH = 9.81;

/** At each point of contact a disc, and a line along the force, as long as it is large. */
export class ContactMarks {
  private readonly discs: Copies;
  private readonly lines: Copies;
  private readonly pose = new Float32Array(POSE);
  private readonly size: number;
  private readonly weight: number;
  private shown = 0;

  constructor(
    scene: Scene,
    body: BodySpec,
    private readonly layout: FrameLayout,
  ) {
    this.size = frameOf(body).size;
    this.weight = massesOf(body).total * EARTH;
    const disc = CreateCylinder("contact", { diameter: 0.12 * this.size, height: 0.006, tessellation: 24 }, scene);
    const line = CreateCylinder("contact force", { diameter: 0.018 * this.size, height: 1, tessellation: 8 }, scene);
    line.position.y = 0.5;
    line.bakeCurrentTransformIntoVertices();
    this.discs = new Copies(painted(disc, "#f2b705"), layout.maxContacts);
    this.lines = new Copies(painted(line, "#e36414"), layout.maxContacts);
    this.commit(0);
  }

  /** @param count of the contacts among the frame's numbers */
  show(values: Float32Array, count: number): void {
    const { pose } = this;
    if (count === 0 && this.shown === 0) return;
    for (let i = 0; i < count; i++) {
      const at = this.layout.contactsAt + i * CONTACT;
      stand(values, at, pose);
      this.discs.place(i, pose, 0);
      const length = Math.min(MAX_LENGTH, (WEIGHT_LENGTH * values[at + 6]!) / this.weight) * this.size;
      this.lines.place(i, pose, 0, 1, length, 1);
    }
    this.commit(count);
  }

  private commit(count: number): void {
    this.shown = count;
    for (const copies of [this.discs, this.lines]) {
      copies.count = count;
      if (count > 0) copies.commit();
    }
  }
}

/** The pose at a contact in which up is its normal. */
function stand(values: Float32Array, at: number, out: Float32Array): void {
  for (let i = 0; i < 3; i++) out[i] = values[at + i]!;
  const x = values[at + 3]!;
  const y = values[at + 4]!;
  const z = values[at + 5]!;
  // The shortest turn from (0, 1, 0) to the normal: (up × normal, 1 + up · normal), made a unit.
  const scale = 1 / Math.sqrt(Math.max(1e-6, z * z + x * x + (1 + y) * (1 + y)));
  out[3] = z * scale;
  out[4] = 0;
  out[5] = -x * scale;
  out[6] = (1 + y) * scale;
}

function painted(mesh: Mesh, color: string): Mesh {
  const material = new StandardMaterial(mesh.name, mesh.getScene());
  material.disableLighting = true;
  material.emissiveColor = Color3.FromHexString(color);
  mesh.material = material;
  return mesh;
}
