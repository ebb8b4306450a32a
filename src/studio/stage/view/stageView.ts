import type { Engine } from "@babylonjs/core/Engines/engine.js";
import type { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { ShadowGenerator } from "@babylonjs/core/Lights/Shadows/shadowGenerator.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Scene } from "@babylonjs/core/scene.js";
import { bodyExtent, frameOf } from "../../../cli/play/bodyExtent.js";
import { Stage } from "../../../cli/play/stage.js";
import type { SceneDefinition } from "../../../task/scene.js";
import { boxEdge } from "../boxEdge.js";
import { FrameLayout } from "../frameLayout.js";
import type { Frame, StageCommands } from "../protocol.js";
import { groundOf, spacingOf } from "../stageScene.js";
import { BoxMeshes } from "./boxMeshes.js";
import { CharacterMeshes } from "./characterMeshes.js";
import { ContactMarks } from "./contactMarks.js";
import { FrameHistory } from "./frameHistory.js";
import { GhostLabels } from "./ghostLabels.js";
import { JointMarks } from "./jointMarks.js";
import { PartPicker, type PickedPart } from "./pickPart.js";
import { PushTool } from "./pushTool.js";

/** Frames from one drawing of the shadows to the next: they cost as much as the rest. */
const SHADOW_PERIOD = 2;
/** Ground around the group on which shadows are drawn, m. */
const SHADOW_MARGIN = 4;
/** Distance of the camera, in body heights and in widths of the group, and its angle from the vertical, rad. */
const NEAR_SIZES = 2.4;
const NEAR_WIDTHS = 0.72;
const DOWN = 1.3;
/** Edge of the shadow map without a graphics card, pixels, and frames from one drawing of it to the next. */
const PLAIN_SHADOWS = 512;
const PLAIN_SHADOW_PERIOD = 4;

export interface StageViewEvents {
  giveBack(frame: Frame): void;
  push(push: StageCommands["push"]): void;
  /** What a push in the making would do, null when there is none. */
  describePush(text: string | null): void;
}

/** All that is drawn of a scene; another scene gets another view. */
export class StageView {
  readonly joints: JointMarks;
  private readonly labels: GhostLabels;
  private readonly babylon: Scene;
  private readonly shadows: ShadowGenerator;
  private readonly layout: FrameLayout;
  private readonly stage: Stage;
  private readonly characters: CharacterMeshes;
  private readonly boxes: BoxMeshes;
  private readonly contacts: ContactMarks;
  private readonly history: FrameHistory;
  private readonly picker: PartPicker;
  private readonly pushTool: PushTool;
  /** The numbers of what is drawn. */
  private readonly values: Float32Array;
  private ghosts: readonly number[] = [];
  private arrived = false;

  /** @param definition as it is on the stage, see `onGround` and `asTrained` */
  constructor(
    private readonly engine: Engine,
    canvas: HTMLCanvasElement,
    definition: SceneDefinition,
    agents: number,
    events: StageViewEvents,
  ) {
    const { body } = definition.character;
    this.babylon = new Scene(engine);
    this.layout = new FrameLayout(body, agents);
    this.values = new Float32Array(this.layout.length);
    this.history = new FrameHistory(this.layout, events.giveBack);
    this.characters = new CharacterMeshes(this.babylon, body, this.layout);
    this.boxes = new BoxMeshes(this.babylon, boxEdge(body), this.layout);
    const width = (agents - 1) * spacingOf(body) + bodyExtent(body)[0];
    const casters = [...this.characters.shadowCasters, this.boxes.shadowCaster];
    this.stage = new Stage(this.babylon, casters, frameOf(body), width, groundOf(definition));
    const { camera } = this.stage;
    camera.radius = NEAR_SIZES * frameOf(body).size + NEAR_WIDTHS * width;
    camera.beta = DOWN;
    this.shadows = cheapShadows(this.babylon, width);
    this.contacts = new ContactMarks(this.babylon, body, this.layout);
    this.joints = new JointMarks(this.babylon, body, this.layout);
    this.labels = new GhostLabels(this.babylon, body, this.layout);
    this.picker = new PartPicker(body, this.layout);
    this.pushTool = new PushTool(
      this.babylon,
      this.stage.camera,
      canvas,
      body,
      { pick: (...ray) => this.pick(...ray), placeOf: (picked, out) => this.placeOf(picked, out) },
      events.push,
      events.describePush,
    );
  }

  add(frame: Frame): void {
    this.history.add(frame);
  }

  addGhost(slot: number, name: string): void {
    this.labels.add(slot, name);
    this.ghosts = [...this.ghosts.filter((other) => other !== slot), slot];
  }

  removeGhost(slot: number): void {
    this.labels.remove(slot);
    this.ghosts = this.ghosts.filter((other) => other !== slot);
  }

  /**
   * Draws one frame, in the render loop of its engine.
   * @param now ms since 1970
   * @param dt simulated seconds since the last one; null: the camera stays where it is
   */
  draw(now: number, dt: number | null): void {
    const { newest } = this.history;
    if (newest && this.history.sample(now, this.values)) {
      this.characters.show(this.values, this.ghosts);
      this.boxes.show(this.values, newest.boxes);
      this.contacts.show(this.values, newest.contacts);
      this.joints.show(this.values);
      this.labels.show(this.values);
      this.follow(newest, dt);
      this.pushTool.update();
    }
    this.babylon.render();
  }

  /** Leaves out what costs much where there is no graphics card. */
  drawPlainly(): void {
    for (const texture of this.babylon.textures) texture.anisotropicFilteringLevel = 1;
    this.shadows.mapSize = PLAIN_SHADOWS;
    this.shadows.getShadowMap()!.refreshRate = PLAIN_SHADOW_PERIOD;
  }

  /** Where the centre of a part is on the canvas, CSS pixels. */
  placeOnCanvas(picked: PickedPart): { x: number; y: number } {
    const place = new Vector3();
    this.placeOf(picked, place);
    const canvas = this.engine.getRenderingCanvas()!;
    const viewport = this.stage.camera.viewport.toGlobal(canvas.clientWidth, canvas.clientHeight);
    const { x, y } = Vector3.Project(place, Matrix.Identity(), this.babylon.getTransformMatrix(), viewport);
    return { x, y };
  }

  dispose(): void {
    this.babylon.dispose();
  }

  private follow({ focusX, focusZ }: Frame, dt: number | null): void {
    const { target } = this.stage.camera;
    if (dt === null) this.stage.follow({ x: target.x, z: target.z }, 0);
    else this.stage.follow({ x: focusX, z: focusZ }, this.arrived ? dt : Number.POSITIVE_INFINITY);
    this.arrived = true;
  }

  private *shown(): Generator<number> {
    for (let i = 0; i < this.layout.agents; i++) yield i;
    for (const slot of this.ghosts) yield this.layout.agents + slot;
  }

  private pick(origin: Vector3, direction: Vector3, slack: number): PickedPart | null {
    return this.picker.pick(
      this.values,
      this.shown(),
      [origin.x, origin.y, origin.z],
      [direction.x, direction.y, direction.z],
      slack,
    );
  }

  private placeOf({ character, part }: PickedPart, out: Vector3): void {
    const at = this.layout.poseAt(character, part);
    out.set(this.values[at]!, this.values[at + 1]!, this.values[at + 2]!);
  }
}

function cheapShadows(scene: Scene, width: number): ShadowGenerator {
  const sun = scene.getLightByName("sun") as DirectionalLight;
  // A frustum of its own size needs no look at every mesh, and shadows do not swim when somebody falls behind.
  sun.shadowFrustumSize = width + 2 * SHADOW_MARGIN;
  const shadows = sun.getShadowGenerator() as ShadowGenerator;
  shadows.filteringQuality = ShadowGenerator.QUALITY_LOW;
  shadows.getShadowMap()!.refreshRate = SHADOW_PERIOD;
  return shadows;
}
