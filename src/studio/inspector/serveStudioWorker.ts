import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { SceneDefinition } from "../../task/scene.js";
import { serveWebWorker } from "../../train/worker/webWorker.js";
import { serveTrials } from "../rewards/trialWorker.js";
import { serveTraining } from "../session/serveTraining.js";
import { type RoleMessage, roleThread, type WorkerRole } from "./roles.js";

export interface StudioWorkerOptions {
  /** The scenes of `configureStudio`. */
  readonly scenes: readonly SceneDefinition[];
  /** `HavokPhysics` itself where its WebAssembly file lies beside the script; each worker needs an instance of its own. */
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
  /** URL of the folder with onnxruntime's WebAssembly file, ending in "/"; left out: beside the script. */
  readonly onnxRuntime?: string;
}

/**
 * Makes a Web Worker one of the Studio's: call it in the module that the Web Worker runs. One module is enough for those
 * that train, collect and try rewards out; the one that trains starts others of the same module.
 */
export function serveStudioWorker({ scenes, loadHavokAsync, onnxRuntime }: StudioWorkerOptions): void {
  const cast = Object.fromEntries(scenes.map((scene) => [scene.name, async () => scene]));
  const serveAs: Readonly<Record<WorkerRole, () => void>> = {
    training: () =>
      serveTraining({
        scenes: cast,
        loadHavokAsync,
        onnxRuntime,
        startRolloutThread: () =>
          roleThread(new Worker(self.location.href, { type: "module", name: "legwork-rollout" }), "rollout"),
      }),
    rollout: () => serveWebWorker({ scenes: cast, loadHavokAsync, runsCode: true }),
    trial: () => serveTrials({ scenes: cast, loadHavokAsync }),
  };
  // Whoever serves puts its own listener in the place of this one.
  self.onmessage = ({ data }: MessageEvent<RoleMessage>) => serveAs[data.legworkRole]();
}
