import type { EnvChanges, EpisodeRecord } from "../../env/vectorEnv.js";
import { layersOf } from "../../nn/layerPlaces.js";
import { LOG_STD_RANGE } from "../../nn/logStdRange.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import type { PolicyNetwork } from "../../policy/network.js";
import { maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import type { Experience } from "../../rollout/explorer.js";
import { NStepReturns } from "../../rollout/nStepReturns.js";
import { createReplayBatch, type ReplayBatch, ReplayBuffer } from "../../rollout/replayBuffer.js";
import type { Checkpoint } from "../checkpoint.js";
import type { OffPolicyConfig } from "../config/trainerConfig.js";
import { TAGS } from "../log/metrics.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";
import { type Iteration, type Trainer, TrainingDivergedError } from "../trainer.js";
import { offPolicyCheckpoint, readOffPolicyCheckpoint } from "./checkpoint.js";
import type { ExplorerCrew } from "./crew.js";
import type { Exploration } from "./exploration.js";
import type { ActorCriticLayout } from "./layout.js";
import type { OffPolicyLearner, OffPolicyUpdate } from "./learner.js";

export interface OffPolicyParts {
  readonly crew: ExplorerCrew;
  readonly learner: OffPolicyLearner;
  readonly layout: ActorCriticLayout;
  readonly exploration: Exploration;
  readonly config: OffPolicyConfig;
  readonly random: Random;
}

/**
 * What all off-policy algorithms do: explore, remember, learn from what is remembered. Episodes that were cut are
 * bootstrapped from their final observation. Observations are remembered as they were and normalised, by all that has been
 * seen so far, when they are learnt from.
 */
export class OffPolicyTrainer implements Trainer {
  steps = 0;
  changes: EnvChanges = {};
  readonly normalizer: RunningStatistics | null;
  private readonly buffer: ReplayBuffer;
  /** One for each worker: its agents' steps follow each other. */
  private readonly returns: NStepReturns[];
  private readonly batch: ReplayBatch;
  /** What the workers are at. */
  private exploring: Promise<readonly Experience[]> | null = null;
  /** Steps that have not been learnt from yet. */
  private owed = 0;

  constructor(private readonly parts: OffPolicyParts) {
    const { crew, layout, config } = parts;
    const { hyperparameters: h, legwork, rewardSignals, networkSettings } = config;
    this.normalizer = networkSettings.normalize ? new RunningStatistics(layout.observationSize) : null;
    const { observationSize, actionSize, discrete = [] } = layout;
    const sizes = [observationSize, actionSize, maskSize({ continuous: 0, discrete })] as const;
    this.buffer = new ReplayBuffer(h.bufferSize, ...sizes);
    const { gamma } = rewardSignals.extrinsic;
    this.returns = crew.agents.map((agents) => new NStepReturns(agents, legwork.nStep, gamma, this.buffer));
    this.batch = createReplayBatch(h.batchSize, ...sizes);
  }

  async startAsync(): Promise<void> {
    await this.parts.crew.startAsync(this.parts.random);
  }

  async iterateAsync(): Promise<Iteration> {
    const { config, learner } = this.parts;
    const { hyperparameters: h, rewardSignals } = config;
    const experience = await (this.exploring ?? this.exploreAsync());
    const episodes: EpisodeRecord[] = [];
    let collected = 0;
    experience.forEach((fragment, worker) => {
      if (fragment.first) this.returns[worker]!.restart();
      for (const step of fragment.steps) {
        for (let i = 0; i < step.rewards.length; i++) step.rewards[i]! *= rewardSignals.extrinsic.strength;
        this.returns[worker]!.add(step);
        collected += step.rewards.length;
      }
      this.normalizer?.merge(fragment.statistics);
      episodes.push(...fragment.episodes);
    });
    this.steps += collected;
    // While this thread learns, the workers collect on: with the actor of before, which an off-policy learner does not mind.
    this.exploring = this.exploreAsync();
    // Its failure is met when it is awaited, if it ever is.
    this.exploring.catch(() => {});
    if (this.steps < h.bufferInitSteps || this.buffer.size === 0) return { metrics: {}, episodes };
    this.owed += collected / h.stepsPerUpdate;
    const updates = Math.floor(this.owed);
    this.owed -= updates;
    if (updates === 0) return { metrics: {}, episodes };
    const learningRate = schedule(
      h.learningRateSchedule,
      h.learningRate,
      SCHEDULE_FLOORS.learningRate,
      this.steps,
      config.maxSteps,
    );
    const update = await learner.updateAsync(this.batches(updates), learningRate);
    this.checkFinite(update);
    return { metrics: metricsOf(update, learningRate), episodes };
  }

  async networkAsync(): Promise<PolicyNetwork> {
    const { layout, learner, config, exploration } = this.parts;
    const { actionSize, discrete } = layout;
    const common = {
      observationSize: layout.observationSize,
      activation: layout.activation,
      normalizer: this.normalizer?.freeze(config.legwork.observationClip) ?? null,
      layers: layersOf(layout.actor, await learner.actorAsync()),
    };
    if (discrete) {
      return { ...common, actionSpec: { continuous: 0, discrete }, squash: "clip", logStd: new Float32Array(0) };
    }
    return {
      ...common,
      actionSpec: { continuous: actionSize, discrete: [] },
      squash: "tanh",
      ...(exploration.kind === "policy"
        ? { logStd: new Float32Array(0), stdRange: LOG_STD_RANGE }
        : { logStd: new Float32Array(actionSize).fill(Math.log(exploration.std)) }),
    };
  }

  recentObservationsAsync(rows: number): Promise<Float32Array> {
    return Promise.resolve(this.buffer.recentObservations(rows));
  }

  async checkpointAsync(): Promise<Checkpoint> {
    const { layout, learner, random, config } = this.parts;
    const { normalizer, steps } = this;
    const run = { trainer: config.trainerType, layout, normalizer, random: random.getState(), steps };
    return offPolicyCheckpoint(run, await learner.stateAsync());
  }

  restore(checkpoint: Checkpoint): void {
    const { learner, random } = this.parts;
    const read = this.read(checkpoint, "everything");
    learner.load(read.state);
    random.setState(read.random);
    this.steps = read.steps;
  }

  initializeFrom(checkpoint: Checkpoint): void {
    this.parts.learner.load(this.read(checkpoint, "networks").state);
  }

  dispose(): void {
    this.parts.crew.dispose();
    this.parts.learner.dispose();
  }

  private read(checkpoint: Checkpoint, what: "networks" | "everything") {
    const { layout, config } = this.parts;
    const { normalizer } = this;
    return readOffPolicyCheckpoint(checkpoint, { trainer: config.trainerType, layout, normalizer }, what);
  }

  private async exploreAsync(): Promise<readonly Experience[]> {
    const { crew, config, learner } = this.parts;
    return crew.exploreAsync({
      actor: this.steps < config.hyperparameters.bufferInitSteps ? null : await learner.actorAsync(),
      normalizer: this.normalizer?.state() ?? null,
      changes: this.changes,
    });
  }

  private *batches(count: number): Iterable<ReplayBatch> {
    const { batch, normalizer } = this;
    const clip = this.parts.config.legwork.observationClip;
    for (let i = 0; i < count; i++) {
      this.buffer.sample(this.parts.random, batch);
      const rows = batch.rewards.length;
      for (const observations of [batch.observations, batch.nextObservations]) {
        normalizer?.normalizeInto(observations, rows, observations, clip);
      }
      yield batch;
    }
  }

  private checkFinite({ criticLoss, actorLoss }: OffPolicyUpdate): void {
    if (Number.isFinite(criticLoss + actorLoss)) return;
    throw new TrainingDivergedError(
      `Training diverged at step ${this.steps}: the critics' loss is ${criticLoss}, the actor's ${actorLoss}. Try a smaller learning_rate.`,
    );
  }
}

function metricsOf(update: OffPolicyUpdate, learningRate: number): Record<string, number> {
  return {
    [TAGS.policyLoss]: update.actorLoss,
    [TAGS.valueLoss]: update.criticLoss,
    [TAGS.learningRate]: learningRate,
    "Policy/Value Estimate": update.value,
    ...(update.entropy !== undefined && { [TAGS.entropy]: update.entropy }),
    ...(update.temperature !== undefined && { "Policy/Entropy Coeff": update.temperature }),
  };
}
