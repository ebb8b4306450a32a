import * as tf from "@tensorflow/tfjs";
import type { VectorEnv } from "../../env/vectorEnv.js";
import { ActionDistribution } from "../../nn/actionDistribution.js";
import { Adam } from "../../nn/adam.js";
import { Mlp } from "../../nn/mlp.js";
import { ReturnNormalizer } from "../../nn/returnNormalizer.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import type { PolicyNetwork } from "../../policy/network.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import { collectRollout, createRolloutPolicyAsync, type RolloutPolicy } from "../../rollout/collector.js";
import { computeGae } from "../../rollout/gae.js";
import { RolloutBuffer } from "../../rollout/rolloutBuffer.js";
import type { Checkpoint } from "../checkpoint.js";
import type { PpoConfig } from "../config/trainerConfig.js";
import { TAGS } from "../log/metrics.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";
import { type Iteration, type Trainer, TrainingDivergedError } from "../trainer.js";
import { type PpoNetworks, ppoGradientStep } from "./gradientStep.js";
import { explainedVariance, normalizeAdvantages } from "./losses.js";
import { Minibatches } from "./minibatches.js";
import { ppoCheckpoint, restorePpo } from "./state.js";

/** Weight of the value loss; actor and critic share no weights, so it only matters to the common gradient-norm clip. */
const VALUE_COEFFICIENT = 0.5;

export interface PpoParts {
  readonly env: VectorEnv;
  readonly config: PpoConfig;
  readonly random: Random;
}

/**
 * Proximal policy optimisation with the clipped objective (Schulman et al. 2017, arXiv 1707.06347, algorithm 1) and
 * generalised advantage estimation (Schulman et al. 2016). Implementation details follow "The 37 implementation details
 * of PPO" (Huang et al. 2022): normalised observations and returns, orthogonal initialisation, separate actor and
 * critic, a standard deviation that does not depend on the state, advantages normalised per minibatch, one
 * gradient-norm clip. Episodes that were cut by a limit are bootstrapped from their final observation.
 */
export class PpoTrainer implements Trainer, PpoNetworks {
  steps = 0;
  readonly actor: Mlp;
  readonly critic: Mlp;
  readonly logStd: tf.Variable<tf.Rank.R1>;
  readonly adam: Adam;
  readonly normalizer: RunningStatistics | null;
  readonly returnNormalizer: ReturnNormalizer | null;
  readonly random: Random;
  readonly config: PpoConfig;
  readonly distribution: ActionDistribution;
  readonly variables: readonly tf.Variable[];
  private readonly env: VectorEnv;
  private readonly buffer: RolloutBuffer;
  private policy: RolloutPolicy | null = null;

  constructor({ env, config, random }: PpoParts) {
    this.env = env;
    this.config = config;
    this.random = random;
    const { observationSize, actionSpec } = env;
    const { hiddenUnits, numLayers, normalize } = config.networkSettings;
    const { legwork, rewardSignals } = config;
    this.distribution = new ActionDistribution(actionSpec);
    const shared = {
      inputs: observationSize,
      hidden: new Array<number>(numLayers).fill(hiddenUnits),
      activation: legwork.activation,
      random,
    };
    this.actor = new Mlp({ ...shared, name: "actor", outputs: this.distribution.headSize, headGain: 0.01 });
    this.critic = new Mlp({ ...shared, name: "critic", outputs: 1, headGain: 1 });
    this.logStd = tf.tidy(() =>
      tf.variable(tf.fill<tf.Rank.R1>([actionSpec.continuous], Math.log(legwork.initialStd))),
    );
    const learnsStd = actionSpec.continuous > 0;
    this.variables = [...this.actor.variables, ...(learnsStd ? [this.logStd] : []), ...this.critic.variables];
    this.adam = new Adam(this.variables, legwork.maxGradNorm === null ? {} : { maxGradientNorm: legwork.maxGradNorm });
    this.normalizer = normalize ? new RunningStatistics(observationSize) : null;
    this.returnNormalizer = legwork.normalizeReturns
      ? new ReturnNormalizer(env.count, rewardSignals.extrinsic.gamma)
      : null;
    const steps = Math.ceil(config.hyperparameters.bufferSize / env.count);
    this.buffer = new RolloutBuffer(steps, env.count, observationSize, actionSize(actionSpec), maskSize(actionSpec));
    env.reset();
  }

  async iterateAsync(): Promise<Iteration> {
    await this.collectAsync();
    const { values, nextValues } = await this.valuesAsync();
    const advantages = new Float32Array(this.buffer.rows);
    const returns = new Float32Array(this.buffer.rows);
    const { gamma } = this.config.rewardSignals.extrinsic;
    const { lambd } = this.config.hyperparameters;
    const { agents, rewards, terminated, truncated } = this.buffer;
    const { timeHorizon } = this.config;
    computeGae(
      { agents, rewards, values, nextValues, terminated, truncated, gamma, lambda: lambd, timeHorizon },
      advantages,
      returns,
    );
    const losses = await this.learnAsync(advantages, returns);
    this.normalizer?.update(this.buffer.rawObservations, this.buffer.rows);
    this.steps += this.buffer.rows;
    const metrics = { ...losses, [TAGS.explainedVariance]: explainedVariance(values, returns) };
    return { metrics, episodes: this.env.drainEpisodes() };
  }

  async networkAsync(): Promise<PolicyNetwork> {
    const logStd =
      this.env.actionSpec.continuous > 0 ? ((await this.logStd.data()) as Float32Array).slice() : new Float32Array(0);
    return {
      observationSize: this.env.observationSize,
      actionSpec: this.env.actionSpec,
      activation: this.config.legwork.activation,
      normalizer: this.normalizer?.freeze(this.config.legwork.observationClip) ?? null,
      layers: await this.actor.toLayersAsync(),
      squash: "clip",
      logStd,
    };
  }

  recentObservations(): Float32Array {
    return this.buffer.rawObservations;
  }

  checkpointAsync(): Promise<Checkpoint> {
    return ppoCheckpoint(this);
  }

  restore(checkpoint: Checkpoint): void {
    restorePpo(this, checkpoint, "everything");
  }

  initializeFrom(checkpoint: Checkpoint): void {
    restorePpo(this, checkpoint, "networks");
  }

  dispose(): void {
    this.actor.dispose();
    this.critic.dispose();
    this.logStd.dispose();
    this.adam.dispose();
  }

  private async collectAsync(): Promise<void> {
    // The rollout normalises observations itself, so its policy has no normaliser of its own.
    const network = { ...(await this.networkAsync()), normalizer: null };
    if (this.policy) this.policy.setNetwork(network);
    else this.policy = await createRolloutPolicyAsync(network, this.env.count);
    const { env, distribution, random, normalizer, returnNormalizer, policy, config } = this;
    const { observationClip } = config.legwork;
    const rewardStrength = config.rewardSignals.extrinsic.strength;
    const { logStd } = network;
    collectRollout(
      { env, policy, logStd, distribution, random, normalizer, observationClip, returnNormalizer, rewardStrength },
      this.buffer,
    );
  }

  /** V(s_t) and V(s_{t+1}), `[T, N]`; where an episode was cut, the latter is that of its final observation. */
  private async valuesAsync(): Promise<{ values: Float32Array; nextValues: Float32Array }> {
    const { rows, agents, observations, lastObservations, finals, observationSize } = this.buffer;
    const all = new Float32Array((rows + agents + finals.length) * observationSize);
    all.set(observations);
    all.set(lastObservations, rows * observationSize);
    finals.forEach(({ observation }, k) => {
      all.set(observation, (rows + agents + k) * observationSize);
    });
    const output = tf.tidy(() =>
      this.critic.forward(tf.tensor2d(all, [all.length / observationSize, observationSize])),
    );
    const data = (await output.data()) as Float32Array;
    output.dispose();
    const nextValues = data.slice(agents, agents + rows);
    finals.forEach(({ index }, k) => {
      nextValues[index] = data[rows + agents + k]!;
    });
    return { values: data.slice(0, rows), nextValues };
  }

  private async learnAsync(advantages: Float32Array, returns: Float32Array): Promise<Record<string, number>> {
    const { hyperparameters: h, maxSteps, legwork } = this.config;
    const at = (kind: "linear" | "constant", initial: number, floor: number) =>
      schedule(kind, initial, floor, this.steps, maxSteps);
    const learningRate = at(h.learningRateSchedule, h.learningRate, SCHEDULE_FLOORS.learningRate);
    const coefficients = {
      epsilon: at(h.epsilonSchedule, h.epsilon, SCHEDULE_FLOORS.epsilon),
      entropyCoefficient: at(h.betaSchedule, h.beta, SCHEDULE_FLOORS.beta),
      valueCoefficient: VALUE_COEFFICIENT,
    };
    const minibatches = new Minibatches(this.buffer, advantages, returns, h.batchSize);
    const sums = { policyLoss: 0, valueLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0 };
    let updates = 0;
    for (let epoch = 0; epoch < h.numEpoch; epoch++) {
      const epochLosses: tf.Tensor1D[] = [];
      for (const batch of minibatches.shuffled(this.random)) {
        if (legwork.normalizeAdvantages) normalizeAdvantages(batch.advantages);
        epochLosses.push(ppoGradientStep(this, batch, coefficients, learningRate));
      }
      // One read-back per epoch; inside of it nothing waits.
      const means = tf.tidy(() => tf.mean(tf.stack(epochLosses), 0));
      const [policyLoss, valueLoss, entropy, approximateKl, clipFraction] = (await means.data()) as unknown as number[];
      tf.dispose([means, ...epochLosses]);
      const epochMeans = { policyLoss, valueLoss, entropy, approximateKl, clipFraction };
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += epochMeans[key]!;
      updates++;
      if (!Number.isFinite(policyLoss! + valueLoss! + approximateKl!)) {
        throw new TrainingDivergedError(
          `Training diverged at step ${this.steps}: the policy loss is ${policyLoss}, the value loss ${valueLoss}. Try a smaller learning_rate.`,
        );
      }
      if (legwork.targetKl !== null && approximateKl! > legwork.targetKl) break;
    }
    return {
      [TAGS.policyLoss]: sums.policyLoss / updates,
      [TAGS.valueLoss]: sums.valueLoss / updates,
      [TAGS.entropy]: sums.entropy / updates,
      [TAGS.approximateKl]: sums.approximateKl / updates,
      [TAGS.clipFraction]: sums.clipFraction / updates,
      [TAGS.learningRate]: learningRate,
      "Policy/Epsilon": coefficients.epsilon,
      "Policy/Beta": coefficients.entropyCoefficient,
      "Policy/Epochs": updates,
    };
  }
}
