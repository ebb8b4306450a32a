import type { VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { ALONE } from "../../workers/exchange.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import type { OnPolicyLayout } from "./layout.js";
import type { OnPolicyBatch, OnPolicyState } from "./learner.js";
import {
  type Collected,
  type CollectRequest,
  type Learned,
  type LearnRequest,
  OnPolicyWorker,
  type ValueSums,
} from "./worker.js";

/** A fragment with its advantages, for a learner outside of the crew. */
export interface Fragment {
  readonly batch: OnPolicyBatch;
  readonly values: ValueSums;
}

/** The workers of one run, as the trainer sees them: wherever they are, they answer in their order. */
export interface OnPolicyCrew {
  /** @param random draws a seed for each worker */
  startAsync(random: Random, state: OnPolicyState): Promise<void>;
  /** Lets each worker collect a fragment. */
  collectAsync(request: CollectRequest): Promise<readonly Collected[]>;
  /** Lets the workers learn together from their fragments. */
  learnAsync(request: LearnRequest): Promise<readonly Learned[]>;
  /** What the workers have learnt. */
  readonly state: OnPolicyState;
  /** Some rows of the last rollout, as the environment gave them, `[at most rows, observationSize]`. */
  recentObservationsAsync(rows: number): Promise<Float32Array>;
  dispose(): void;
}

/** A crew that need not learn by itself. */
export interface CollectingCrew extends OnPolicyCrew {
  /** Instead of `learnAsync`: hands the fragments out. */
  fragmentsAsync(returnStd: number | null): Promise<readonly Fragment[]>;
  /** Gives the workers what a learner outside has learnt. */
  loadAsync(state: OnPolicyState): Promise<void>;
}

export interface InlineCrewOptions {
  readonly env: VectorEnv;
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
}

/** A crew of one worker in this very thread: for tests, and for environments that cannot be built elsewhere. */
export class InlineCrew implements CollectingCrew {
  private started: { worker: OnPolicyWorker; state: OnPolicyState } | null = null;

  constructor(private readonly options: InlineCrewOptions) {}

  async startAsync(random: Random, state: OnPolicyState): Promise<void> {
    const worker = await OnPolicyWorker.createAsync({ ...this.options, state, random: random.split(), workers: 1 });
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

  async loadAsync(state: OnPolicyState): Promise<void> {
    this.worker.join(state, ALONE);
    this.started = { worker: this.worker, state };
  }

  get state(): OnPolicyState {
    return this.require().state;
  }

  async recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.worker.recentObservations(rows);
  }

  dispose(): void {
    this.started?.worker.dispose();
  }

  private get worker(): OnPolicyWorker {
    return this.require().worker;
  }

  private require() {
    if (!this.started) throw new Error("The crew has not been started.");
    return this.started;
  }
}
