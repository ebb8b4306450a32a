import { Random } from "../../random.js";
import type { Service } from "../../workers/remote.js";
import type { CreateEnv, EnvDescription } from "../worker/env.js";
import type { Exploration } from "./exploration.js";
import type { ActorCriticLayout } from "./layout.js";
import { type ActorExploreRequest, ExplorerWorker } from "./worker.js";

export interface StartExploringRequest {
  readonly env: EnvDescription;
  readonly layout: ActorCriticLayout;
  readonly exploration: Exploration;
  readonly observationClip: number;
  readonly steps: number;
  readonly seed: number;
}

/** What off-policy learners ask of a worker: an {@link ExplorerWorker}'s methods. */
export function exploreHandlers(createEnv: CreateEnv, service: Service) {
  let worker: ExplorerWorker | null = null;
  return {
    startExploring: async ({ env: description, seed, ...options }: StartExploringRequest) => {
      const random = new Random(seed);
      const env = await createEnv(description, random.nextUint32());
      worker = await ExplorerWorker.createAsync({ ...options, env, random: random.split(), onStep: service.beat });
    },
    explore: (request: ActorExploreRequest) => {
      if (!worker) throw new Error("The worker has not been started.");
      return worker.explore(request);
    },
  };
}
