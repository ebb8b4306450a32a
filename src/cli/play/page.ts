import { Engine } from "@babylonjs/core/Engines/engine.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Scene } from "@babylonjs/core/scene.js";
import HavokPhysics from "@babylonjs/havok";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import type { SceneDefinition } from "../../task/scene.js";
import { bodyExtent, frameOf } from "./bodyExtent.js";
import { Crowd } from "./crowd.js";
import { describeModel, Panel, showError } from "./panel.js";
import { Playback } from "./playback.js";
import { PushTool } from "./push.js";
import { PATHS, type PlaySettings } from "./settings.js";
import { Stage } from "./stage.js";

/** What `window.legwork` tells of the simulation. */
export interface PlayState {
  /** Simulated seconds since the start or the last reset. */
  readonly seconds: number;
  /** Episodes that have ended, over all characters. */
  readonly episodes: number;
  readonly falls: number;
  /** Mean over the characters that stand and about the last second, m/s. */
  readonly forwardSpeed: number;
  /** Place (m) and forward speed (m/s) of each root part. */
  readonly agents: readonly { x: number; y: number; z: number; speed: number; standing: boolean }[];
}

/** What can be done with a running page from the browser's console and from tests. */
export interface PlayControls {
  state(): PlayState;
  /** Where the centre of a part is on the page, pixels. */
  partOnPage(agent: number, part: string): { x: number; y: number };
}

declare global {
  interface Window {
    /** `ready` settles with the first frame, or fails with the error that the page shows; the rest is there then. */
    legwork?: { readonly ready: Promise<void> } & Partial<PlayControls>;
  }
}

/** Starts the page that `html.ts` describes. `?speed=4` in the address makes time pass four times as fast. */
export function startPage(definition: SceneDefinition, settings: PlaySettings): void {
  const ready = new Promise<void>((resolve, reject) => {
    runAsync(definition, settings, (controls) => {
      Object.assign(window.legwork!, controls);
      resolve();
    }).catch((error: Error) => {
      showError(error.message);
      reject(error);
    });
  });
  // The page has shown the error; whoever asks for `ready` gets it as well.
  ready.catch(() => {});
  window.legwork = { ready };
}

async function runAsync(
  definition: SceneDefinition,
  settings: PlaySettings,
  onReady: (controls: PlayControls) => void,
): Promise<void> {
  const model = settings.hasPolicy ? await OnnxPolicy.LoadAsync(PATHS.policy, { wasmPaths: PATHS.onnxRuntime }) : null;
  const havok = await HavokPhysics({ locateFile: () => PATHS.havok });
  const canvas = document.getElementById("view") as HTMLCanvasElement;
  const engine = new Engine(canvas, true, {}, true);
  window.addEventListener("resize", () => engine.resize());
  const scene = new Scene(engine);

  const { agents, seed } = settings;
  const crowd = new Crowd(definition, scene, havok, { agents, seed, model });
  const { body } = definition.character;
  const width = crowd.width + bodyExtent(body)[0];
  const stage = new Stage(scene, [...scene.meshes], frameOf(body), width, crowd.terrain);

  const panel = new Panel(definition.name, describeModel(model?.metadata ?? null, model !== null), {
    togglePause: () => {
      playback.paused = !playback.paused;
      panel.showState(playback.paused, playback.slow);
    },
    toggleSlowMotion: () => {
      playback.slow = !playback.slow;
      panel.showState(playback.paused, playback.slow);
    },
    reset: () =>
      playback.enqueue(() => {
        crowd.reset();
        stage.follow(crowd.focus(), Number.POSITIVE_INFINITY);
      }),
  });
  const push = new PushTool(
    scene,
    stage.camera,
    canvas,
    crowd.agents.map(({ body }) => body),
    (body, part, impulse) =>
      playback.enqueue(() => {
        body.applyImpulse(part, impulse);
        body.readState();
      }),
    (text) => panel.showPush(text),
  );
  const asked = Number(new URLSearchParams(window.location.search).get("speed") ?? 1);
  const speed = asked > 0 ? Math.min(asked, 16) : 1;
  const playback = new Playback(
    engine,
    scene,
    crowd,
    speed,
    (dt) => {
      stage.follow(crowd.focus(), speed * dt);
      push.update();
    },
    (figures) => panel.show(figures),
  );

  await playback.runAsync(() =>
    onReady({
      state: () => describeCrowd(crowd),
      partOnPage: (agent, part) => {
        const { body } = crowd.agents[agent]!;
        const { position } = body.bodies[body.partIndex(part)]!.transformNode;
        const viewport = stage.camera.viewport.toGlobal(canvas.clientWidth, canvas.clientHeight);
        const { x, y } = Vector3.Project(position, Matrix.Identity(), scene.getTransformMatrix(), viewport);
        return { x, y };
      },
    }),
  );
}

function describeCrowd(crowd: Crowd): PlayState {
  const { seconds, forwardSpeed, agents } = crowd;
  return {
    seconds,
    episodes: agents.reduce((sum, agent) => sum + agent.completedEpisodes, 0),
    falls: agents.reduce((sum, agent) => sum + agent.falls, 0),
    forwardSpeed,
    agents: agents.map(({ body, standing }) => {
      const [x, y, z] = body.positions as unknown as [number, number, number];
      return { x, y, z, speed: body.linearVelocities[2]!, standing };
    }),
  };
}
