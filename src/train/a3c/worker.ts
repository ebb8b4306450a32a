import { RunningStatistics, type RunningStatisticsState } from "../../nn/runningStatistics.js";
import type { OnPolicyUpdate } from "../onPolicy/learner.js";
import {
  type Collected,
  type CollectRequest,
  type Learned,
  type LearnRequest,
  OnPolicyWorker,
  type OnPolicyWorkerOptions,
  type ValueSums,
} from "../onPolicy/worker.js";
import type { SharedParameters } from "./sharedParameters.js";
import { SharedRmsProp } from "./sharedRmsProp.js";

export interface A3cWorkerOptions extends Omit<OnPolicyWorkerOptions, "workers" | "createOptimizer"> {
  readonly shared: SharedParameters;
}

export interface AdvanceRequest extends CollectRequest {
  readonly learning: LearnRequest;
}

export interface Advanced {
  readonly collected: Collected;
  readonly learned: Learned;
}

/** Steps that a worker goes on by itself between two meetings, at which statistics are exchanged. */
const STEPS_ALONE = 1000;

/**
 * One of the workers of A3C (Mnih et al. 2016, algorithm S3): by itself it takes the parameters as they are at the moment, collects a
 * few steps, and changes the parameters by their gradient, again and again, whatever the others do. Knows nothing of threads.
 */
export class A3cWorker {
  private constructor(
    private readonly worker: OnPolicyWorker,
    private readonly optimizer: SharedRmsProp,
  ) {}

  static async createAsync({ shared, ...options }: A3cWorkerOptions): Promise<A3cWorker> {
    let optimizer: SharedRmsProp;
    const worker = await OnPolicyWorker.createAsync({
      ...options,
      workers: 1,
      createOptimizer: (arena, places) => {
        optimizer = new SharedRmsProp(arena, places, shared);
        return optimizer;
      },
    });
    return new A3cWorker(worker, optimizer!);
  }

  /** Collects and learns for about a thousand steps. */
  async advanceAsync({ learning, normalizer, changes }: AdvanceRequest): Promise<Advanced> {
    const fragments: Advanced[] = [];
    for (let steps = 0; steps < STEPS_ALONE; steps += fragments[0]!.collected.rows) {
      this.optimizer.pull();
      const collected = this.worker.collect({ normalizer, ...(steps === 0 && changes ? { changes } : {}) });
      fragments.push({ collected, learned: await this.worker.learnAsync(learning) });
    }
    return {
      collected: joinCollected(fragments.map(({ collected }) => collected)),
      learned: joinLearned(fragments.map(({ learned }) => learned)),
    };
  }

  recentObservations(rows: number): Float32Array {
    return this.worker.recentObservations(rows);
  }

  dispose(): void {
    this.worker.dispose();
  }
}

function joinCollected(fragments: readonly Collected[]): Collected {
  return {
    rows: sumOf(fragments, ({ rows }) => rows),
    episodes: fragments.flatMap(({ episodes }) => episodes),
    observations: joinStatistics(fragments.map(({ observations }) => observations)),
    returns: joinStatistics(fragments.map(({ returns }) => returns)),
  };
}

/** Means of the updates, and the sums of their values. */
function joinLearned(parts: readonly Learned[]): Learned {
  const mean = (key: keyof OnPolicyUpdate) => sumOf(parts, ({ update }) => update[key]) / parts.length;
  const total = (key: keyof ValueSums) => sumOf(parts, ({ values }) => values[key]);
  return {
    update: {
      policyLoss: mean("policyLoss"),
      valueLoss: mean("valueLoss"),
      entropy: mean("entropy"),
      approximateKl: mean("approximateKl"),
      clipFraction: mean("clipFraction"),
      epochs: mean("epochs"),
    },
    values: {
      rows: total("rows"),
      returns: total("returns"),
      squaredReturns: total("squaredReturns"),
      residuals: total("residuals"),
      squaredResiduals: total("squaredResiduals"),
    },
  };
}

function joinStatistics(parts: readonly RunningStatisticsState[]): RunningStatisticsState {
  const [first, ...others] = parts;
  const joined = RunningStatistics.from(first!);
  for (const other of others) joined.merge(other);
  return joined.state();
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
