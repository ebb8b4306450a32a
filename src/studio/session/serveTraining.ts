import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { findOnnxRuntime } from "../../inference/onnxRuntime.js";
import { InputError } from "../../inputError.js";
import type { RewardSettings } from "../../task/resolve.js";
import type { SceneDefinition } from "../../task/scene.js";
import { serve } from "../../workers/remote.js";
import type { StartThread } from "../../workers/thread.js";
import { webPort } from "../../workers/webThread.js";
import type { StartSession } from "./protocol.js";
import { TrainingSession } from "./trainingSession.js";

export interface ServeTrainingOptions {
  /** The scenes that can be trained, by name. */
  readonly scenes: Readonly<Record<string, () => Promise<SceneDefinition>>>;
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
  /** URL of the folder with onnxruntime's WebAssembly file, ending in "/"; left out: beside the script. */
  readonly onnxRuntime?: string | undefined;
  /** Starts a Web Worker that calls `serveWebWorker` with the same scenes. */
  readonly startRolloutThread: StartThread;
}

/** Makes a Web Worker the one that trains for a Studio: call it in the module that the Web Worker runs. */
export function serveTraining(options: ServeTrainingOptions): void {
  const { scenes, loadHavokAsync, onnxRuntime, startRolloutThread: startThread } = options;
  findOnnxRuntime(onnxRuntime);
  let havok: Promise<HavokPhysicsWithBindings> | null = null;
  let session: TrainingSession | null = null;
  const current = () => {
    if (!session) throw new InputError("There is no run.");
    return session;
  };
  serve(webPort(), (service) => ({
    start: async (request: StartSession) => {
      const load = scenes[request.scene];
      if (!load) throw new InputError(`There is no scene "${request.scene}".`);
      havok ??= loadHavokAsync();
      const gpuProblem = "gpu" in navigator ? null : "this page has no WebGPU";
      const host = { scene: await load(), havok: await havok, startThread, gpuProblem, note: service.note };
      const begun = await TrainingSession.startAsync(request, host);
      session = begun.session;
      return begun.started;
    },
    pause: () => current().pause(),
    resume: () => current().resume(),
    stop: () => current().stop(),
    setRewards: (rewards: RewardSettings) => current().setRewards(rewards),
    exportPolicy: () => current().exportPolicyAsync(),
  }));
}
