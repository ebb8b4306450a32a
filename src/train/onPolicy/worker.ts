import type { AgentMirror } from "../../agent/agent.js";
import type { EnvChanges, EpisodeRecord, VectorEnv } from "../../env/vectorEnv.js";
import { InputError } from "../../inputError.js";
import { RunningStatistics, type RunningStatisticsState } from "../../nn/runningStatistics.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import { ActionSampler } from "../../rollout/actionSampler.js";
import { collectRollout } from "../../rollout/collector.js";
import { DiscountedReturns, scaleRewards } from "../../rollout/discountedReturns.js";
import { computeGae } from "../../rollout/gae.js";
import { RolloutBuffer } from "../../rollout/rolloutBuffer.js";
import { stateActions } from "../../rollout/stateActions.js";
import type { Exchange } from "../../workers/exchange.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import { KernelLearner, type KernelLearnerOptions } from "../ppo/kernelLearner.js";
import { reinforceAdvantages } from "../reinforce/advantages.js";
import { logStdOf, type OnPolicyLayout } from "./layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyState, OnPolicyUpdate } from "./learner.js";
import { learnSettings } from "./settings.js";

export interface OnPolicyWorkerOptions {
  readonly env: VectorEnv;
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
  readonly state: OnPolicyState;
  readonly random: Random;
  /** Number of workers that learn together. */
  readonly workers: number;
  /** Makes the steps of learning. Default Adam. */
  readonly createOptimizer?: KernelLearnerOptions["createOptimizer"];
  /** Called after each step of the environment and each gradient step, for signs of life. */
  readonly onStep?: () => void;
}

/** What a worker says of the fragment that it has collected. */
export interface Collected {
  /** Transitions. */
  readonly rows: number;
  readonly episodes: readonly EpisodeRecord[];
  /** Statistics of the observations as the environment gave them, and of discounted returns, of this fragment only. */
  readonly observations: RunningStatisticsState;
  readonly returns: RunningStatisticsState;
}

export interface CollectRequest {
  /** Of the observations so far; null: they are used as they are. */
  readonly normalizer: RunningStatisticsState | null;
  /** What has changed in the environments since the start; default nothing. */
  readonly changes?: EnvChanges;
  /** How those learn that do so while they collect. */
  readonly learning?: LearnRequest;
}

export interface LearnRequest {
  readonly settings: LearnSettings;
  /** Deviation of discounted returns, which rewards are divided by; null: they are used as they are. */
  readonly returnStd: number | null;
  /** The policy stays as it is: all advantages count as 0. */
  readonly criticOnly: boolean;
}

/** Sums over a fragment from which the explained variance of the values follows. */
export interface ValueSums {
  readonly rows: number;
  readonly returns: number;
  readonly squaredReturns: number;
  /** Of R − V. */
  readonly residuals: number;
  readonly squaredResiduals: number;
}

export interface Learned {
  readonly update: OnPolicyUpdate;
  readonly values: ValueSums;
}

/**
 * One of the workers of PPO: has environments and a copy of the networks, collects a fragment of experience, and learns
 * from it together with the others. Knows nothing of threads.
 */
export class OnPolicyWorker {
  /** The last fragment. */
  readonly buffer: RolloutBuffer;
  private readonly sampler: ActionSampler;
  private readonly returns: DiscountedReturns;
  private readonly mirrored: Float32Array;
  /** What the last fragment has been seen through. */
  private normalizer: RunningStatistics | null = null;

  private constructor(
    private readonly options: OnPolicyWorkerOptions,
    private readonly learner: KernelLearner,
    private readonly mirror: AgentMirror | null,
  ) {
    const { env, config, workers } = options;
    const { observationSize, actionSpec, count } = env;
    const steps = stepsPerFragment(config, workers, count);
    this.buffer = new RolloutBuffer(steps, count, observationSize, actionSize(actionSpec), maskSize(actionSpec));
    this.sampler = new ActionSampler(actionSpec);
    this.returns = new DiscountedReturns(count, config.rewardSignals.extrinsic.gamma);
    this.mirrored = new Float32Array(mirror ? this.buffer.rows * observationSize : 0);
    env.reset();
  }

  static async createAsync(options: OnPolicyWorkerOptions): Promise<OnPolicyWorker> {
    const { config, layout, state, env, workers, random, createOptimizer, onStep } = options;
    const rows = stepsPerFragment(config, workers, env.count) * env.count;
    const { batchSize } = learnSettings(config, 0);
    const minibatches = Math.max(1, Math.round((rows * workers) / batchSize));
    const { legwork } = config;
    const mirror = "symmetryLoss" in legwork && legwork.symmetryLoss > 0 ? mirrorOfEnv(env) : null;
    const learner = await KernelLearner.createAsync({
      layout,
      state,
      maxGradNorm: "maxGradNorm" in legwork ? legwork.maxGradNorm : null,
      mirror: mirror?.actions ?? null,
      maxRows: Math.max(env.count, Math.ceil(rows / minibatches)),
      random: random.split(),
      createOptimizer,
      onStep,
    });
    return new OnPolicyWorker(options, learner, mirror);
  }

  /** Takes over the learner's state, and the group that it learns with from now on. */
  join(state: OnPolicyState, exchange: Exchange): void {
    this.learner.load(state);
    this.learner.exchange = exchange;
  }

  collect({ normalizer, changes }: CollectRequest): Collected {
    const { env, config, layout, random, onStep } = this.options;
    if (changes) env.change?.(changes);
    this.normalizer = normalizer && RunningStatistics.from(normalizer);
    const { buffer, returns, learner } = this;
    if (config.trainerType === "reinforce") {
      // It learns from whole episodes only.
      env.reset();
      returns.restart();
    }
    collectRollout(
      {
        env,
        policy: { forward: learner.frozenPolicy() },
        logStd: logStdOf(layout, learner.parametersView()),
        sampler: this.sampler,
        random,
        normalizer: this.normalizer,
        observationClip: config.legwork.observationClip,
        returns,
        rewardStrength: config.rewardSignals.extrinsic.strength,
        onStep: onStep ?? null,
      },
      buffer,
    );
    const observations = new RunningStatistics(env.observationSize);
    observations.update(buffer.rawObservations, buffer.rows);
    return {
      rows: buffer.rows,
      episodes: env.drainEpisodes(),
      observations: observations.state(),
      returns: returns.drain(),
    };
  }

  async learnAsync({ settings, returnStd, criticOnly }: LearnRequest): Promise<Learned> {
    const { batch, values } = this.evaluate(returnStd);
    if (criticOnly) batch.advantages.fill(0);
    return { update: await this.learner.updateAsync(batch, settings), values };
  }

  /** For a learner elsewhere: the fragment with its advantages, in arrays of its own. */
  fragment(returnStd: number | null): { readonly batch: OnPolicyBatch; readonly values: ValueSums } {
    const { batch, values } = this.evaluate(returnStd);
    const copy = Object.fromEntries(
      Object.entries(batch).map(([key, value]) => [key, value instanceof Float32Array ? value.slice() : value]),
    );
    return { batch: copy as unknown as OnPolicyBatch, values };
  }

  stateAsync(): Promise<OnPolicyState> {
    return this.learner.stateAsync();
  }

  /** The first rows of the last fragment, as the environment gave them, `[rows, observationSize]`. */
  recentObservations(rows: number): Float32Array {
    return this.buffer.rawObservations.slice(0, Math.min(rows, this.buffer.rows) * this.buffer.observationSize);
  }

  dispose(): void {
    this.options.env.dispose();
    this.learner.dispose();
  }

  /** Advantages and returns of the fragment, under the values of the critic as it is now. */
  private evaluate(returnStd: number | null): { batch: OnPolicyBatch; values: ValueSums } {
    const { buffer } = this;
    const { config } = this.options;
    const { rows, agents, terminated, truncated, observations, actions, masks, logProbabilities } = buffer;
    const judgesActions = config.trainerType === "q-actor-critic";
    const judged = judgesActions ? this.withActions(observations, actions) : observations;
    const values = new Float32Array(rows);
    this.learner.values(judged, values);
    const rewards = buffer.rewards.slice();
    if (returnStd !== null) scaleRewards(rewards, returnStd);
    const advantages = new Float32Array(rows);
    const returns = new Float32Array(rows);
    const { gamma } = config.rewardSignals.extrinsic;
    const trajectories = { agents, rewards, terminated, truncated, gamma };
    if (config.trainerType === "reinforce") {
      const { returns: kind, baseline } = config.hyperparameters;
      reinforceAdvantages({ ...trajectories, kind }, baseline, values, advantages, returns);
    } else {
      const { timeHorizon } = config;
      const { lambd: lambda } = config.hyperparameters;
      const nextValues = this.nextValues(values, judgesActions);
      computeGae({ ...trajectories, values, nextValues, lambda, timeHorizon }, advantages, returns);
      // It climbs Q(s, a) itself.
      if (judgesActions) advantages.set(values);
    }
    const others = {
      ...(judgesActions ? { judged } : {}),
      ...(this.mirror ? { mirrored: this.mirroredObservations(this.mirror) } : {}),
    };
    const batch = { size: rows, observations, actions, masks, logProbabilities, advantages, returns, ...others };
    return { batch, values: valueSums(values, returns) };
  }

  private withActions(observations: Float32Array, actions: Float32Array): Float32Array {
    const { actionSpec, observationSize } = this.options.env;
    return stateActions(actionSpec, observationSize, observations, actions);
  }

  /** What the policy might do next, `[rows, actionSize]`. */
  private draw(observations: Float32Array): Float32Array {
    const { env, layout, random } = this.options;
    const rows = observations.length / env.observationSize;
    const actions = new Float32Array(rows * actionSize(env.actionSpec));
    const policy = this.learner.frozenPolicy();
    const logStd = logStdOf(layout, this.learner.parametersView());
    for (let row = 0; row < rows; row++) {
      const observation = observations.subarray(row * env.observationSize, (row + 1) * env.observationSize);
      const action = actions.subarray(row * actionSize(env.actionSpec));
      this.sampler.sample(random, policy(observation, 1), logStd, 1, action);
    }
    return actions;
  }

  /** As the policy would have seen the fragment in the mirror, `[rows, observationSize]`. */
  private mirroredObservations({ observations: { sources, signs } }: AgentMirror): Float32Array {
    const { rows, observationSize: size, rawObservations: raw } = this.buffer;
    for (let row = 0, i = 0; row < rows; row++) {
      for (let j = 0; j < size; j++, i++) this.mirrored[i] = signs[j]! * raw[row * size + sources[j]!]!;
    }
    const clip = this.options.config.legwork.observationClip;
    this.normalizer?.normalizeInto(this.mirrored, rows, this.mirrored, clip);
    return this.mirrored;
  }

  /** V(s_{t+1}), or Q(s_{t+1}, a_{t+1}), `[T, N]`; where an episode was cut, that of its final observation. */
  private nextValues(values: Float32Array, judgesActions: boolean): Float32Array {
    const { rows, agents, lastObservations, finals, observationSize } = this.buffer;
    const ends = new Float32Array((agents + finals.length) * observationSize);
    ends.set(lastObservations);
    for (const [k, { observation }] of finals.entries()) ends.set(observation, (agents + k) * observationSize);
    const endValues = new Float32Array(agents + finals.length);
    this.learner.values(judgesActions ? this.withActions(ends, this.draw(ends)) : ends, endValues);
    const nextValues = new Float32Array(rows);
    nextValues.set(values.subarray(agents));
    nextValues.set(endValues.subarray(0, agents), rows - agents);
    finals.forEach(({ index }, k) => {
      nextValues[index] = endValues[agents + k]!;
    });
    return nextValues;
  }
}

function mirrorOfEnv(env: VectorEnv): AgentMirror {
  if (!env.mirror) throw new InputError("symmetry_loss is set, but this environment has no mirror image.");
  return env.mirror();
}

/** Decisions of each agent in one fragment: together, the workers collect at least `buffer_size` transitions. */
export function stepsPerFragment({ hyperparameters }: OnPolicyConfig, workers: number, agents: number): number {
  return Math.ceil(hyperparameters.bufferSize / (workers * agents));
}

function valueSums(values: Float32Array, targets: Float32Array): ValueSums {
  let [returns, squaredReturns, residuals, squaredResiduals] = [0, 0, 0, 0];
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]!;
    const residual = target - values[i]!;
    returns += target;
    squaredReturns += target * target;
    residuals += residual;
    squaredResiduals += residual * residual;
  }
  return { rows: targets.length, returns, squaredReturns, residuals, squaredResiduals };
}

/**
 * 1 − Var(R − V) / Var(R): 1 where the values explain the returns, 0 where they do no better than a constant, below 0
 * where they do worse. 0 where all returns are equal, so that there is nothing to explain.
 */
export function explainedVariance(parts: readonly ValueSums[]): number {
  const total = (key: keyof ValueSums) => parts.reduce((sum, part) => sum + part[key], 0);
  const rows = total("rows");
  const variance = (sum: number, squares: number) => squares / rows - (sum / rows) ** 2;
  const ofReturns = variance(total("returns"), total("squaredReturns"));
  // Of equal returns, rounding leaves a variance of about 1e-16 times their square.
  if (ofReturns <= 1e-12 * (total("squaredReturns") / rows)) return 0;
  return 1 - variance(total("residuals"), total("squaredResiduals")) / ofReturns;
}
