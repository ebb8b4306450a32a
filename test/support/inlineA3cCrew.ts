import type { VectorEnv } from "../../src/env/vectorEnv.js";
import type { Random } from "../../src/random.js";
import { type SharedParameters, shareParameters, stateOfShared } from "../../src/train/a3c/sharedParameters.js";
import { A3cWorker } from "../../src/train/a3c/worker.js";
import type { OnPolicyConfig } from "../../src/train/config/trainerConfig.js";
import type { OnPolicyCrew } from "../../src/train/onPolicy/crew.js";
import type { OnPolicyLayout } from "../../src/train/onPolicy/layout.js";
import type { OnPolicyState } from "../../src/train/onPolicy/learner.js";
import type { Collected, CollectRequest, Learned } from "../../src/train/onPolicy/worker.js";

interface Options {
  readonly env: VectorEnv;
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
}

/** One worker of A3C in this very thread. */
export class InlineA3cCrew implements OnPolicyCrew {
  private shared!: SharedParameters;
  private worker!: A3cWorker;
  private learned!: Learned;

  constructor(private readonly options: Options) {}

  async startAsync(random: Random, state: OnPolicyState): Promise<void> {
    this.shared = shareParameters(state);
    this.worker = await A3cWorker.createAsync({ ...this.options, state, shared: this.shared, random: random.split() });
  }

  async collectAsync({ learning, ...request }: CollectRequest): Promise<readonly Collected[]> {
    const { collected, learned } = await this.worker.advanceAsync({ ...request, learning: learning! });
    this.learned = learned;
    return [collected];
  }

  async learnAsync(): Promise<readonly Learned[]> {
    return [this.learned];
  }

  get state(): OnPolicyState {
    return stateOfShared(this.shared);
  }

  async recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.worker.recentObservations(rows);
  }

  dispose(): void {
    this.worker.dispose();
  }
}
