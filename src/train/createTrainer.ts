import type { VectorEnv } from "../env/vectorEnv.js";
import { InputError } from "../inputError.js";
import type { Backend } from "../nn/backend.js";
import type { GroupThreads } from "../workers/group.js";
import type { TrainerConfig } from "./config/trainerConfig.js";
import type { RunEpisodes } from "./evaluator.js";
import type { ParallelConfig } from "./parallelism.js";
import type { Trainer } from "./trainer.js";
import type { EnvDescription } from "./worker/env.js";
import type { CrewThreads } from "./worker/threads.js";

/** What every algorithm is told when a run begins. */
export interface TrainerRequest<C extends ParallelConfig = ParallelConfig> extends Omit<GroupThreads, "workers"> {
  readonly config: C;
  readonly seed: number;
  readonly backend: "auto" | Backend;
  /** One of the environments, to see what it senses and does. */
  readonly env: VectorEnv;
  /** How workers build theirs. */
  readonly workerEnv: EnvDescription;
  /** Why there is no use in looking for a GPU here; null: look for one. */
  readonly gpuProblem: string | null;
}

/** A trainer that has not been started yet, with what is chosen for it. */
export interface CreatedTrainer {
  readonly trainer: Trainer;
  readonly backend: Backend;
  /** Why this backend, in a few words; null where it was asked for by name. */
  readonly reason: string | null;
  /** The workers' help with judging policies. */
  readonly runEpisodesAsync: RunEpisodes;
}

/** The trainer that a configuration names. Only that one's code is loaded. */
export async function createTrainerAsync(request: TrainerRequest): Promise<CreatedTrainer> {
  const { config } = request;
  switch (config.trainerType) {
    case "trpo":
    case "tnpg":
    case "npg": {
      const { createNaturalGradientAsync } = await import("./naturalGradient/create.js");
      return createNaturalGradientAsync({ ...request, config });
    }
    case "a3c": {
      const { createA3cAsync } = await import("./a3c/create.js");
      return createA3cAsync({ ...request, config });
    }
    case "a2c":
    case "q-actor-critic":
    case "reinforce":
    case "ppo":
    case "ppo-kl": {
      const { createPpoAsync } = await import("./ppo/create.js");
      return createPpoAsync({ ...request, config });
    }
    case "sac": {
      const { createSacAsync } = await import("./sac/create.js");
      return createSacAsync({ ...request, config });
    }
    case "td3": {
      const { createTd3Async } = await import("./td3/create.js");
      return createTd3Async({ ...request, config });
    }
    case "ddpg": {
      const { createDdpgAsync } = await import("./ddpg/create.js");
      return createDdpgAsync({ ...request, config });
    }
    case "rwr": {
      const { createRwrAsync } = await import("./rwr/create.js");
      return createRwrAsync({ ...request, config });
    }
    case "reps": {
      const { createRepsAsync } = await import("./reps/create.js");
      return createRepsAsync({ ...request, config });
    }
    case "cem": {
      const { createCemAsync } = await import("./cem/create.js");
      return createCemAsync({ ...request, config });
    }
    case "cma-es": {
      const { createCmaEsAsync } = await import("./cmaEs/create.js");
      return createCmaEsAsync({ ...request, config });
    }
  }
}

/** The threads that a request gives a crew, and the environments for them. */
export function crewThreads(request: TrainerRequest): CrewThreads {
  const { startThread, config, workerEnv: env, say, silenceSeconds, onHang } = request;
  return { startThread, workers: config.legwork.numWorkers, env, say, silenceSeconds, onHang };
}

/** @throws InputError for a backend that the algorithm, called `name`, does not learn on */
export function requireBackend(name: string, { backend }: TrainerRequest, offered: readonly Backend[]): void {
  if (backend === "auto" || offered.includes(backend)) return;
  throw new InputError(`${name} learns on --backend ${offered.join(", ")}; ${backend} is not offered.`);
}

/** Units of each hidden layer. */
export function hiddenLayers({
  networkSettings: { numLayers, hiddenUnits },
}: Pick<TrainerConfig, "networkSettings">): number[] {
  return new Array<number>(numLayers).fill(hiddenUnits);
}
