import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { ShadowGenerator } from "@babylonjs/core/Lights/Shadows/shadowGenerator.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HeightMap } from "../../body/ground.js";
import type { Frame } from "./bodyExtent.js";
import { type Place, TERRAIN_SIZE } from "./crowd.js";
import { DistanceMarks } from "./distanceMarks.js";
import { drawFloor, drawSky, drawTerrain, HORIZON } from "./scenery.js";

/** Time constant with which the camera follows, s. */
const FOLLOW_SECONDS = 0.35;
/** A longer way than this is jumped, m. */
const JUMP = 8;
/** What is seen at least of uneven ground, from top to bottom, m. */
const TERRAIN_FRAME = 3;
/** m */
const SUN_DISTANCE = 25;

/** Everything around the characters: light, floor, sky, and a camera that goes along. */
export class Stage {
  readonly camera: ArcRotateCamera;
  private readonly sun: DirectionalLight;
  private readonly moveFloor: (x: number, z: number) => void;
  private readonly marks: DistanceMarks;
  private readonly middle: number;

  /**
   * @param casters what throws a shadow
   * @param frame of a character
   * @param width of the whole group along x, m
   * @param terrain uneven ground instead of the flat floor
   */
  constructor(
    scene: Scene,
    casters: readonly AbstractMesh[],
    frame: Frame,
    width: number,
    private readonly terrain: HeightMap | null = null,
  ) {
    const size = terrain ? Math.max(frame.size, TERRAIN_FRAME) : frame.size;
    this.middle = frame.middle;
    scene.fogMode = Scene.FOGMODE_LINEAR;
    scene.fogColor = HORIZON;
    scene.fogStart = 18;
    scene.fogEnd = 75;

    // On the +x side and looking to −x, +z is to the right on the screen.
    const target = new Vector3(0, frame.middle, 0);
    this.camera = new ArcRotateCamera("camera", -0.42, 1.36, 2.2 * size + 0.75 * width, target, scene);
    this.camera.fov = 0.72;
    this.camera.minZ = 0.05;
    this.camera.lowerRadiusLimit = size;
    this.camera.upperRadiusLimit = 60;
    this.camera.upperBetaLimit = 1.52;
    this.camera.wheelDeltaPercentage = 0.01;
    this.camera.panningSensibility = 0;
    this.camera.attachControl();

    const sky = new HemisphericLight("sky", new Vector3(0, 1, 0), scene);
    sky.intensity = 0.62;
    sky.groundColor = new Color3(0.7, 0.7, 0.68);
    this.sun = new DirectionalLight("sun", new Vector3(-0.4, -1, 0.55).normalize(), scene);
    this.sun.intensity = 0.7;
    this.sun.shadowMinZ = 1;
    this.sun.shadowMaxZ = 2 * SUN_DISTANCE;
    const shadows = new ShadowGenerator(1024, this.sun);
    shadows.usePercentageCloserFiltering = true;
    shadows.bias = 0.002;
    shadows.darkness = 0.2;
    for (const mesh of casters) shadows.addShadowCaster(mesh);

    drawSky(scene);
    if (terrain) drawTerrain(scene, terrain, TERRAIN_SIZE);
    this.moveFloor = terrain ? () => {} : drawFloor(scene);
    this.marks = new DistanceMarks(scene, -width / 2 - 0.8 * size);
  }

  /** Goes along with the characters. @param dt simulated seconds since the last call; infinite: be there at once */
  follow({ x, z }: Place, dt: number): void {
    const { target } = this.camera;
    const far = Math.hypot(x - target.x, z - target.z) > JUMP;
    const part = far ? 1 : 1 - Math.exp(-dt / FOLLOW_SECONDS);
    target.x += part * (x - target.x);
    target.z += part * (z - target.z);
    if (this.terrain) target.y = this.middle + this.terrain(target.x, target.z);
    // Shadows have an end: the light goes along, too.
    this.sun.position.copyFrom(target).subtractInPlace(this.sun.direction.scale(SUN_DISTANCE));
    this.moveFloor(target.x, target.z);
    this.marks.moveTo(target.z);
  }
}
