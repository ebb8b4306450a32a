import { Random } from "../../random.js";
import { ALONE, type Exchange } from "../../workers/exchange.js";
import { MessageExchange } from "../../workers/messageExchange.js";
import type { Service } from "../../workers/remote.js";
import { SharedExchange, type SharedMemory } from "../../workers/sharedExchange.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import type { CreateEnv, EnvDescription } from "../worker/env.js";
import type { OnPolicyLayout } from "./layout.js";
import type { OnPolicyState } from "./learner.js";
import { type CollectRequest, type LearnRequest, OnPolicyWorker } from "./worker.js";

export interface StartRequest {
  readonly env: EnvDescription;
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
  readonly state: OnPolicyState;
  readonly seed: number;
  readonly workers: number;
}

export interface JoinRequest {
  readonly state: OnPolicyState;
  readonly member: number;
  readonly size: number;
  /** Null: sums go by messages. */
  readonly memory: SharedMemory | null;
}

/** Note that carries a vector to be summed; its answer is the method `summed`. */
export const SUM_NOTE = "sum";

/** What PPO asks of a worker: a {@link OnPolicyWorker}'s methods. */
export function onPolicyHandlers(createEnv: CreateEnv, service: Service) {
  let worker: OnPolicyWorker | null = null;
  let messages: MessageExchange | null = null;
  const started = () => {
    if (!worker) throw new Error("The worker has not been started.");
    return worker;
  };
  return {
    start: async ({ env: description, seed, ...options }: StartRequest) => {
      const random = new Random(seed);
      const env = await createEnv(description, random.nextUint32());
      worker = await OnPolicyWorker.createAsync({ ...options, env, random: random.split(), onStep: service.beat });
    },
    join: (request: JoinRequest) => {
      const exchange = createExchange(request, service);
      messages = exchange instanceof MessageExchange ? exchange : null;
      started().join(request.state, exchange);
    },
    collect: (request: CollectRequest) => started().collect(request),
    learn: (request: LearnRequest) => started().learnAsync(request),
    fragment: (returnStd: number | null) => started().fragment(returnStd),
    state: () => started().stateAsync(),
    recentObservations: (rows: number) => started().recentObservations(rows),
    summed: (sum: Float32Array | null) => messages?.receive(sum),
  };
}

function createExchange({ member, size, memory }: JoinRequest, service: Service): Exchange {
  if (size === 1) return ALONE;
  if (memory) return new SharedExchange(memory, member, service.beat);
  return new MessageExchange(size, (vector) => service.note(SUM_NOTE, vector));
}
