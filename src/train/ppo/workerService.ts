import type { ParameterSource } from "../../agent/environmentParameters.js";
import { runEpisodesAsync } from "../../env/evaluate.js";
import type { EpisodeRecord, VectorEnv } from "../../env/vectorEnv.js";
import { Random } from "../../random.js";
import type { RewardSettings } from "../../task/resolve.js";
import { ALONE, type Exchange } from "../../workers/exchange.js";
import { MessageExchange } from "../../workers/messageExchange.js";
import { type Service, serve } from "../../workers/remote.js";
import { SharedExchange, type SharedMemory } from "../../workers/sharedExchange.js";
import type { Port } from "../../workers/thread.js";
import type { PpoConfig } from "../config/trainerConfig.js";
import type { PpoLearnerState } from "./learner.js";
import type { PpoLayout } from "./parameters.js";
import { type CollectRequest, type LearnRequest, PpoWorker } from "./worker.js";

/** What a worker thread needs to build its environments by itself; can be sent to it. */
export interface EnvDescription {
  /** URL of the module whose default export is the scene. */
  readonly module: string;
  readonly agents: number;
  /** Default 0. */
  readonly firstAgent?: number;
  /** Whether to measure footfalls. Default false. */
  readonly gait?: boolean;
  /** Reward terms and environment parameters that differ from the task's. */
  readonly rewards: RewardSettings;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  /** Names of the sensors that characters have, default all. */
  readonly sensors?: readonly string[] | null;
}

export type CreateEnv = (description: EnvDescription, seed: number) => Promise<VectorEnv>;

export interface StartRequest {
  readonly env: EnvDescription;
  readonly config: PpoConfig;
  readonly layout: PpoLayout;
  readonly state: PpoLearnerState;
  readonly seed: number;
  readonly workers: number;
}

export interface JoinRequest {
  readonly state: PpoLearnerState;
  readonly member: number;
  readonly size: number;
  /** Null: sums go by messages. */
  readonly memory: SharedMemory | null;
}

export interface EpisodesRequest {
  readonly env: EnvDescription;
  readonly seed: number;
  /** An ONNX file. */
  readonly model: Uint8Array;
}

/** Note that carries a vector to be summed; its answer is the method `summed`. */
export const SUM_NOTE = "sum";

/** Serves a {@link PpoWorker} to the thread at the other end of the port. */
export function servePpoWorker(port: Port, createEnv: CreateEnv): void {
  serve(port, (service) => {
    let worker: PpoWorker | null = null;
    let messages: MessageExchange | null = null;
    const started = () => {
      if (!worker) throw new Error("The worker has not been started.");
      return worker;
    };
    return {
      start: async ({ env: description, seed, ...options }: StartRequest) => {
        const random = new Random(seed);
        const env = await createEnv(description, random.nextUint32());
        worker = await PpoWorker.createAsync({ ...options, env, random: random.split(), onStep: service.beat });
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
      runEpisodes: async ({ env: description, seed, model }: EpisodesRequest): Promise<EpisodeRecord[]> => {
        // Only those who judge policies load the runtime of their models.
        const { OnnxPolicy } = await import("../../inference/onnxPolicy.js");
        const policy = await OnnxPolicy.LoadAsync(model);
        const env = await createEnv(description, seed);
        try {
          return await runEpisodesAsync(env, policy, service.beat);
        } finally {
          env.dispose();
          policy.dispose();
        }
      },
      summed: (sum: Float32Array | null) => messages?.receive(sum),
    };
  });
}

function createExchange({ member, size, memory }: JoinRequest, service: Service): Exchange {
  if (size === 1) return ALONE;
  if (memory) return new SharedExchange(memory, member, service.beat);
  return new MessageExchange(size, (vector) => service.note(SUM_NOTE, vector));
}
