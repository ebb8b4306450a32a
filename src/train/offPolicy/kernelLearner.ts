import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import type { KernelActorCritic } from "./kernelActorCritic.js";
import { averageUpdates, type OffPolicyLearner, type OffPolicyState, type OffPolicyUpdate } from "./learner.js";

/** What learners on the SIMD kernels have in common: all but the algorithm's own update, of one batch. */
export abstract class KernelLearner<State extends OffPolicyState> implements OffPolicyLearner {
  protected constructor(protected readonly networks: KernelActorCritic) {}

  abstract stateAsync(): Promise<State>;
  abstract load(state: State): void;
  protected abstract update(batch: ReplayBatch, learningRate: number): OffPolicyUpdate;

  async updateAsync(batches: Iterable<ReplayBatch>, learningRate: number): Promise<OffPolicyUpdate> {
    return averageUpdates(Array.from(batches, (batch) => this.update(batch, learningRate)));
  }

  async actorAsync(): Promise<Float32Array> {
    return this.networks.actorParameters();
  }

  dispose(): void {}
}
