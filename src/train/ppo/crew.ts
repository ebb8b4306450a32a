import type { VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { ALONE } from "../../workers/exchange.js";
import type { PpoConfig } from "../config/trainerConfig.js";
import type { PpoBatch, PpoLearnerState } from "./learner.js";
import type { PpoLayout } from "./parameters.js";
import {
  type Collected,
  type CollectRequest,
  type Learned,
  type LearnRequest,
  PpoWorker,
  type ValueSums,
} from "./worker.js";

/** A fragment with its advantages, for a learner outside of the crew. */
export interface Fragment {
  readonly batch: PpoBatch;
  readonly values: ValueSums;
}

/** The workers of one run, as the trainer sees them: wherever they are, they answer in their order. */
export interface PpoCrew {
  /** @param random draws a seed for each worker */
  startAsync(random: Random, state: PpoLearnerState): Promise<void>;
  /** Lets each worker collect a fragment under the present parameters. */
  collectAsync(request: CollectRequest): Promise<readonly Collected[]>;
  /** Lets the workers learn together from their fragments. */
  learnAsync(request: LearnRequest): Promise<readonly Learned[]>;
  /** Instead of `learnAsync`: hands the fragments out. */
  fragmentsAsync(returnStd: number | null): Promise<readonly Fragment[]>;
  /** Gives the workers what a learner outside has learnt. */
  loadAsync(state: PpoLearnerState): Promise<void>;
  /** What the workers have learnt. */
  readonly state: PpoLearnerState;
  /** Some rows of the last rollout, as the environment gave them, `[at most rows, observationSize]`. */
  recentObservationsAsync(rows: number): Promise<Float32Array>;
  dispose(): void;
}

export interface InlineCrewOptions {
  readonly env: VectorEnv;
  readonly config: PpoConfig;
  readonly layout: PpoLayout;
}

/** A crew of one worker in this very thread: for tests, and for environments that cannot be built elsewhere. */
export class InlineCrew implements PpoCrew {
  private started: { worker: PpoWorker; state: PpoLearnerState } | null = null;

  constructor(private readonly options: InlineCrewOptions) {}

  async startAsync(random: Random, state: PpoLearnerState): Promise<void> {
    const worker = await PpoWorker.createAsync({ ...this.options, state, random: random.split(), workers: 1 });
    this.started = { worker, state };
  }

  async collectAsync(request: CollectRequest): Promise<readonly Collected[]> {
    return [this.worker.collect(request)];
  }

  async learnAsync(request: LearnRequest): Promise<readonly Learned[]> {
    const learned = await this.worker.learnAsync(request);
    this.started = { worker: this.worker, state: await this.worker.stateAsync() };
    return [learned];
  }

  async fragmentsAsync(returnStd: number | null): Promise<readonly Fragment[]> {
    return [this.worker.fragment(returnStd)];
  }

  async loadAsync(state: PpoLearnerState): Promise<void> {
    this.worker.join(state, ALONE);
    this.started = { worker: this.worker, state };
  }

  get state(): PpoLearnerState {
    return this.require().state;
  }

  async recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.worker.recentObservations(rows);
  }

  dispose(): void {
    this.started?.worker.dispose();
  }

  private get worker(): PpoWorker {
    return this.require().worker;
  }

  private require() {
    if (!this.started) throw new Error("The crew has not been started.");
    return this.started;
  }
}
