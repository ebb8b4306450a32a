import type { EnvChanges, EpisodeRecord, VectorEnv } from "../../env/vectorEnv.js";
import { Random } from "../../random.js";
import { WorkerGroup } from "../../workers/group.js";
import type { Service } from "../../workers/remote.js";
import type { CreateEnv, EnvDescription } from "../worker/env.js";
import { shareEpisodesAsync } from "../worker/episodes.js";
import type { CrewThreads } from "../worker/threads.js";
import { type Evaluated, type EvaluateRequest, evaluateCandidates } from "./evaluate.js";
import type { PolicyLayout } from "./layout.js";

export interface GenerationRequest extends EvaluateRequest {
  /** What has changed in the environments. */
  readonly changes?: EnvChanges;
}

/** Those who try the candidates out, wherever they are. */
export interface PopulationCrew {
  /** @param random draws a seed for each worker */
  startAsync(random: Random): Promise<void>;
  /** @returns the parts of the candidates, in their order */
  evaluateAsync(request: GenerationRequest): Promise<readonly Evaluated[]>;
  dispose(): void;
}

interface CrewOptions {
  readonly layout: PolicyLayout;
  readonly observationClip: number;
}

/** A crew of one, in this very thread: for tests, and for environments that cannot be built elsewhere. */
export class InlinePopulationCrew implements PopulationCrew {
  constructor(private readonly options: CrewOptions & { readonly env: VectorEnv }) {}

  async startAsync(): Promise<void> {}

  async evaluateAsync({ changes, ...request }: GenerationRequest): Promise<readonly Evaluated[]> {
    const { env, layout, observationClip } = this.options;
    if (changes) env.change?.(changes);
    return [evaluateCandidates(env, layout, request, observationClip)];
  }

  dispose(): void {
    this.options.env.dispose();
  }
}

export type ThreadPopulationCrewOptions = CrewOptions & CrewThreads;

/** A crew of threads, each of which tries its share of the candidates. What a lost one had is tried again by another. */
export class ThreadPopulationCrew implements PopulationCrew {
  private readonly group: WorkerGroup;
  private random: Random | null = null;

  constructor(private readonly options: ThreadPopulationCrewOptions) {
    this.group = new WorkerGroup({ ...options, startMemberAsync: (member) => this.startMemberAsync(member) });
  }

  async startAsync(random: Random): Promise<void> {
    this.random = random;
    await this.group.startAsync();
  }

  async evaluateAsync({ candidates, ...request }: GenerationRequest): Promise<readonly Evaluated[]> {
    const { workers } = this.options;
    const cut = (member: number) => Math.round((member * candidates.length) / workers);
    const parts: (Evaluated | null)[] = new Array(workers).fill(null);
    const partOf = (member: number): GenerationRequest => ({
      ...request,
      candidates: candidates.slice(cut(member), cut(member + 1)),
    });
    await this.group.replacingAsync(() => this.group.callMissing(parts, "evaluate", partOf));
    this.group.forgetLosses();
    return parts as Evaluated[];
  }

  /** Lets the workers share the episodes of an ONNX file, see {@link shareEpisodesAsync}. */
  runEpisodesAsync(model: Uint8Array, seed: number, first: number, count: number): Promise<EpisodeRecord[]> {
    return shareEpisodesAsync(this.group, this.options.env, model, seed, first, count);
  }

  dispose(): void {
    this.group.dispose();
  }

  private startMemberAsync(member: number): Promise<unknown> {
    const { env, layout, observationClip } = this.options;
    const request: StartEvaluatingRequest = { env, layout, observationClip, seed: this.random!.nextUint32() };
    return this.group.call(member, "startEvaluating", request);
  }
}

interface StartEvaluatingRequest extends CrewOptions {
  readonly env: EnvDescription;
  readonly seed: number;
}

/** What such a crew asks of a worker. */
export function evaluateHandlers(createEnv: CreateEnv, service: Service) {
  let worker: (CrewOptions & { readonly env: VectorEnv }) | null = null;
  return {
    startEvaluating: async ({ env: description, seed, ...options }: StartEvaluatingRequest) => {
      worker = { ...options, env: await createEnv(description, new Random(seed).nextUint32()) };
    },
    evaluate: ({ changes, ...request }: GenerationRequest) => {
      if (!worker) throw new Error("The worker has not been started.");
      const { env, layout, observationClip } = worker;
      if (changes) env.change?.(changes);
      return evaluateCandidates(env, layout, request, observationClip, service.beat);
    },
  };
}
