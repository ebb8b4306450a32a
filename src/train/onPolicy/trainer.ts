import type { EnvChanges } from "../../env/vectorEnv.js";
import { BackendLostError } from "../../nn/backendLost.js";
import { layersOf } from "../../nn/layerPlaces.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { Random } from "../../random.js";
import type { Checkpoint } from "../checkpoint.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import { TAGS } from "../log/metrics.js";
import { adaptKlCoefficient, adaptLearningRate } from "../schedule.js";
import { type Iteration, type Trainer, TrainingDivergedError } from "../trainer.js";
import { onPolicyCheckpoint, restoreOnPolicy } from "./checkpoint.js";
import type { CollectingCrew, OnPolicyCrew } from "./crew.js";
import { initialState, logStdOf, type OnPolicyLayout } from "./layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyLearner, OnPolicyState, OnPolicyUpdate } from "./learner.js";
import { learnSettings } from "./settings.js";
import { explainedVariance, type LearnRequest, type ValueSums } from "./worker.js";

/** How the critic of a policy that came without one catches up. */
const CRITIC_ONLY = { entropyCoefficient: 0, symmetryCoefficient: 0, targetKl: null, epochs: 8, learningRate: 1e-3 };

interface CommonParts {
  readonly layout: OnPolicyLayout;
  readonly config: OnPolicyConfig;
  readonly random: Random;
  /** Continuous actions that a new policy starts near, default zeros. */
  readonly initialAction?: readonly number[];
  /** Tells people that the learner is lost. */
  readonly say?: (text: string) => void;
}

/** Workers that collect, and one learner for them, on a GPU for example. */
interface CentralLearner {
  readonly crew: CollectingCrew;
  readonly learner: OnPolicyLearner;
}

/** The crew collects, and learns too unless there is a `learner`. */
export type CrewAndLearner = CentralLearner | { readonly crew: OnPolicyCrew; readonly learner?: null };

export type OnPolicyParts = CommonParts & CrewAndLearner;

/**
 * What all on-policy algorithms do: collect under the present policy, estimate advantages (generalised advantage
 * estimation, Schulman et al. 2016), learn from them, forget them. Details follow "The 37 implementation details of PPO"
 * (Huang et al. 2022): normalised observations and returns, orthogonal initialisation, separate actor and critic, a standard
 * deviation that does not depend on the state. Episodes that were cut by a limit are bootstrapped from their final
 * observation.
 *
 * Workers collect at the same time, under the same parameters, and then learn together, strictly on-policy. The same
 * seed and the same number of workers give the same run.
 */
export class OnPolicyTrainer implements Trainer {
  steps = 0;
  /** Parameters and moments after the last iteration. */
  state: OnPolicyState;
  readonly normalizer: RunningStatistics | null;
  readonly returnStatistics: RunningStatistics | null;
  readonly layout: OnPolicyLayout;
  readonly config: OnPolicyConfig;
  readonly random: Random;
  /** Updates to come in which only the critic learns. */
  criticWarmup = 0;
  changes: EnvChanges = {};
  /** Of the next update, where it adapts itself: the learning rate, and the weight of the KL penalty. */
  adaptiveRate: number;
  klCoefficient: number;
  private readonly crew: OnPolicyCrew;
  private readonly say: (text: string) => void;
  private central: CentralLearner | null;

  constructor(parts: OnPolicyParts) {
    const { layout, config, random, initialAction, say = () => {} } = parts;
    this.crew = parts.crew;
    this.central = parts.learner ? { crew: parts.crew, learner: parts.learner } : null;
    this.layout = layout;
    this.config = config;
    this.random = random;
    this.say = say;
    this.state = initialState(layout, config.legwork.initialStd, random, initialAction);
    this.adaptiveRate = config.hyperparameters.learningRate;
    this.klCoefficient = config.trainerType === "ppo-kl" ? config.hyperparameters.klCoefficient : 0;
    this.normalizer = config.networkSettings.normalize ? new RunningStatistics(layout.observationSize) : null;
    this.returnStatistics = config.legwork.normalizeReturns ? new RunningStatistics(1) : null;
  }

  /** Starts the workers; before that, `restore` or `initializeFrom` may change what they start from. */
  async startAsync(): Promise<void> {
    this.central?.learner.load(this.state);
    await this.crew.startAsync(this.random, this.state);
  }

  async iterateAsync(): Promise<Iteration> {
    const learning = this.learnRequest();
    const { settings, criticOnly } = learning;
    const collected = await this.crew.collectAsync({
      normalizer: this.normalizer?.state() ?? null,
      changes: this.changes,
      learning,
    });
    if (criticOnly) this.criticWarmup--;
    for (const { returns } of collected) this.returnStatistics?.merge(returns);
    const { update, values } = await this.learnAsync({ ...learning, returnStd: this.returnStd() });
    this.checkFinite(update);
    if (!criticOnly) this.adapt(update.approximateKl);
    // Not before: what was collected has been seen through the old statistics.
    for (const { observations } of collected) this.normalizer?.merge(observations);
    this.steps += collected.reduce((sum, { rows }) => sum + rows, 0);
    const metrics = { ...metricsOf(update, settings), [TAGS.explainedVariance]: explainedVariance(values) };
    return { metrics, episodes: collected.flatMap(({ episodes }) => episodes) };
  }

  async networkAsync(): Promise<PolicyNetwork> {
    const { layout, config } = this;
    const parameters = this.state.parameters.slice();
    return {
      observationSize: layout.observationSize,
      actionSpec: layout.actionSpec,
      activation: layout.activation,
      normalizer: this.normalizer?.freeze(config.legwork.observationClip) ?? null,
      layers: layersOf(layout.actor, parameters),
      squash: "clip",
      logStd: logStdOf(layout, parameters),
    };
  }

  recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.crew.recentObservationsAsync(rows);
  }

  checkpointAsync(): Promise<Checkpoint> {
    return Promise.resolve(onPolicyCheckpoint(this));
  }

  restore(checkpoint: Checkpoint): void {
    restoreOnPolicy(this, checkpoint, "everything");
  }

  initializeFrom(checkpoint: Checkpoint): void {
    restoreOnPolicy(this, checkpoint, "networks");
  }

  dispose(): void {
    this.crew.dispose();
    this.central?.learner.dispose();
  }

  private learnRequest(): LearnRequest {
    const criticOnly = this.criticWarmup > 0;
    const settings = {
      ...learnSettings(this.config, this.steps, this.adaptiveRate, this.klCoefficient),
      ...(criticOnly ? CRITIC_ONLY : {}),
    };
    return { settings, returnStd: this.returnStd(), criticOnly };
  }

  private returnStd(): number | null {
    return this.returnStatistics?.std(0) ?? null;
  }

  private adapt(kl: number): void {
    const { config } = this;
    if ("desiredKl" in config.legwork) {
      this.adaptiveRate = adaptLearningRate(this.adaptiveRate, kl, config.legwork.desiredKl);
    }
    if (config.trainerType === "ppo-kl" && config.hyperparameters.klPenalty === "adaptive") {
      this.klCoefficient = adaptKlCoefficient(this.klCoefficient, kl, config.hyperparameters.klTarget);
    }
  }

  private async learnAsync(request: LearnRequest): Promise<Update> {
    if (!this.central) return this.learnInCrew(request);
    const { crew, learner } = this.central;
    try {
      return await this.learnHere(this.central, request);
    } catch (error) {
      if (!(error instanceof BackendLostError)) throw error;
      this.say(`${error.message} The workers go on by themselves, from the last update.`);
      learner.dispose();
      this.central = null;
      // What it had begun is lost with it; the workers still have what they collected.
      await crew.loadAsync(this.state);
      return this.learnInCrew(request);
    }
  }

  private async learnInCrew(request: LearnRequest): Promise<Update> {
    const learned = await this.crew.learnAsync(request);
    this.state = this.crew.state;
    // All workers report the same sums over the whole of each minibatch.
    return { update: learned[0]!.update, values: learned.map(({ values }) => values) };
  }

  private async learnHere(
    { crew, learner }: CentralLearner,
    { settings, returnStd, criticOnly }: LearnRequest,
  ): Promise<Update> {
    const fragments = await crew.fragmentsAsync(returnStd);
    const batch = joinBatches(fragments.map((fragment) => fragment.batch));
    if (criticOnly) batch.advantages.fill(0);
    const update = await learner.updateAsync(batch, settings);
    this.state = await learner.stateAsync();
    await crew.loadAsync(this.state);
    return { update, values: fragments.map(({ values }) => values) };
  }

  private checkFinite({ policyLoss, valueLoss, approximateKl }: OnPolicyUpdate): void {
    if (Number.isFinite(policyLoss + valueLoss + approximateKl)) return;
    throw new TrainingDivergedError(
      `Training diverged at step ${this.steps}: the policy loss is ${policyLoss}, the value loss ${valueLoss}. Try a smaller learning_rate.`,
    );
  }
}

interface Update {
  readonly update: OnPolicyUpdate;
  readonly values: readonly ValueSums[];
}

function metricsOf(update: OnPolicyUpdate, settings: LearnSettings): Record<string, number> {
  return {
    [TAGS.policyLoss]: update.policyLoss,
    [TAGS.valueLoss]: update.valueLoss,
    [TAGS.entropy]: update.entropy,
    [TAGS.approximateKl]: update.approximateKl,
    [TAGS.clipFraction]: update.clipFraction,
    [TAGS.learningRate]: settings.learningRate,
    ...(settings.klCoefficient ? { "Policy/KL Coefficient": settings.klCoefficient } : {}),
    ...(Number.isFinite(settings.epsilon) ? { "Policy/Epsilon": settings.epsilon } : {}),
    "Policy/Beta": settings.entropyCoefficient,
    "Policy/Epochs": update.epochs,
  };
}

function joinBatches(batches: readonly OnPolicyBatch[]): OnPolicyBatch {
  const join = (key: Exclude<keyof OnPolicyBatch, "size" | "judged" | "mirrored">) => {
    const arrays = batches.map((batch) => batch[key]);
    const joined = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const array of arrays) {
      joined.set(array, offset);
      offset += array.length;
    }
    return joined;
  };
  return {
    size: batches.reduce((sum, { size }) => sum + size, 0),
    observations: join("observations"),
    actions: join("actions"),
    masks: join("masks"),
    logProbabilities: join("logProbabilities"),
    advantages: join("advantages"),
    returns: join("returns"),
  };
}
