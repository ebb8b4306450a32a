import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { Engine } from "@babylonjs/core/Engines/engine.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { Scene } from "@babylonjs/core/scene.js";
import HavokPhysics from "@babylonjs/havok";
import { ShowInspector } from "@babylonjs/inspector";
import hopper from "../../../scenes/hopper/index.js";
import { Academy, addGround, createPartMesh, PhysicsWorld, Random } from "../../../src/index.js";
import { configureStudio, LegworkInspectorService } from "../../../src/studio/index.js";
import { TaskAgent } from "../../../src/task/index.js";

// A small game: one hopper that nobody has taught anything yet, and an Inspector.

declare global {
  interface Window {
    game?: {
      readonly agent: TaskAgent;
      /** m that the hopper came along +z in each of its episodes. */
      readonly distances: number[];
      open(): void;
      close(): Promise<void>;
    };
  }
}

const canvas = document.querySelector("canvas")!;
const engine = new Engine(canvas, true);
// Coarse, for it is drawn in software beside a training; only pictures are worth more.
engine.setHardwareScalingLevel(Number(new URLSearchParams(location.search).get("scaling") ?? 3));
const scene = new Scene(engine);
const camera = new ArcRotateCamera("camera", -0.2, 1.3, 5, new Vector3(0, 0.7, 0), scene);
new HemisphericLight("light", new Vector3(0.3, 1, 0.2), scene);
for (let z = -5; z < 50; z++) CreateGround("plate", { width: 3, height: 0.96 }, scene).position.z = z;
scene.clearColor = new Color4(0.75, 0.85, 0.92, 1);

const havok = await HavokPhysics({ locateFile: () => "/havok.wasm" });
const world = new PhysicsWorld(scene, havok, hopper.character.clock);
addGround(world);
const academy = new Academy(world);
const agent = new TaskAgent(world, hopper, { random: new Random(1), meshes: createPartMesh });
academy.add(agent);
const distances: number[] = [];
agent.onEpisodeEnd = () => distances.push(agent.body.positions[2]! - agent.startRoot[2]!);

let busy = false;
scene.onBeforeRenderObservable.add(async () => {
  if (busy) return;
  busy = true;
  for (let due = world.stepsDue(engine.getDeltaTime() / 1000); due > 0; due--) await academy.step();
  world.syncNodes();
  camera.target.z = agent.body.positions[2]!;
  busy = false;
});
engine.runRenderLoop(() => scene.render());

configureStudio({
  academy,
  scenes: [hopper],
  startWorker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
  onnxRuntime: "/",
});

let inspector: ReturnType<typeof ShowInspector> | null = null;
window.game = {
  agent,
  distances,
  open: () => {
    inspector = ShowInspector(scene, { serviceDefinitions: [LegworkInspectorService], disableTeachingMoments: true });
  },
  close: async () => inspector?.dispose(),
};
