import { Random } from "../../random.js";
import type { Service } from "../../workers/remote.js";
import type { CreateEnv, EnvDescription } from "../worker/env.js";
import type { SacLayout } from "./parameters.js";
import { type SacExploreRequest, SacWorker } from "./worker.js";

export interface StartExploringRequest {
  readonly env: EnvDescription;
  readonly layout: SacLayout;
  readonly observationClip: number;
  readonly steps: number;
  readonly seed: number;
}

/** What SAC asks of a worker: a {@link SacWorker}'s methods. */
export function sacHandlers(createEnv: CreateEnv, service: Service) {
  let worker: SacWorker | null = null;
  return {
    startExploring: async ({ env: description, seed, ...options }: StartExploringRequest) => {
      const random = new Random(seed);
      const env = await createEnv(description, random.nextUint32());
      worker = await SacWorker.createAsync({ ...options, env, random: random.split(), onStep: service.beat });
    },
    explore: (request: SacExploreRequest) => {
      if (!worker) throw new Error("The worker has not been started.");
      return worker.explore(request);
    },
  };
}
