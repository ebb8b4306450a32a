import { Random } from "../../random.js";
import type { Service } from "../../workers/remote.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import type { OnPolicyLayout } from "../onPolicy/layout.js";
import type { CreateEnv, EnvDescription } from "../worker/env.js";
import { type SharedParameters, stateOfShared } from "./sharedParameters.js";
import { A3cWorker, type AdvanceRequest } from "./worker.js";

export interface StartA3cRequest {
  readonly env: EnvDescription;
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
  readonly shared: SharedParameters;
  readonly seed: number;
}

/** What A3C asks of a worker: an {@link A3cWorker}'s methods. */
export function a3cHandlers(createEnv: CreateEnv, service: Service) {
  let worker: A3cWorker | null = null;
  const started = () => {
    if (!worker) throw new Error("The worker has not been started.");
    return worker;
  };
  return {
    startA3c: async ({ env: description, seed, ...options }: StartA3cRequest) => {
      const random = new Random(seed);
      const env = await createEnv(description, random.nextUint32());
      const state = stateOfShared(options.shared);
      worker = await A3cWorker.createAsync({ ...options, state, env, random: random.split(), onStep: service.beat });
    },
    advance: (request: AdvanceRequest) => started().advanceAsync(request),
    recentA3cObservations: (rows: number) => started().recentObservations(rows),
  };
}
