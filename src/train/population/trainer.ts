import type { EnvChanges } from "../../env/vectorEnv.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { Random, RandomState } from "../../random.js";
import { type Checkpoint, CheckpointReader, type CheckpointTensor, checkOrigin } from "../checkpoint.js";
import { layerTensors, statisticsTensors, takeLayers, takeStatistics, vector } from "../checkpointTensors.js";
import type { PopulationConfig } from "../config/trainerConfig.js";
import { type Iteration, type Trainer, TrainingDivergedError } from "../trainer.js";
import type { PopulationCrew } from "./crew.js";
import { type PolicyLayout, policyOf } from "./layout.js";
import type { Search } from "./search.js";

export interface PopulationParts {
  readonly crew: PopulationCrew;
  readonly search: Search;
  readonly layout: PolicyLayout;
  readonly config: PopulationConfig;
  readonly random: Random;
}

interface PopulationMeta {
  readonly activation: string;
  readonly random: RandomState;
  readonly observationCount: number | null;
}

/**
 * What all searches over the parameters of a policy do: draw candidates, let each act for some whole episodes, and tell the
 * search their returns. One iteration is one generation; the policy is the middle of the distribution.
 */
export class PopulationTrainer implements Trainer {
  steps = 0;
  changes: EnvChanges = {};
  readonly normalizer: RunningStatistics | null;
  private examples: Float32Array = new Float32Array(0);

  constructor(private readonly parts: PopulationParts) {
    const { layout, config } = parts;
    this.normalizer = config.networkSettings.normalize ? new RunningStatistics(layout.observationSize) : null;
  }

  async startAsync(): Promise<void> {
    await this.parts.crew.startAsync(this.parts.random);
  }

  async iterateAsync(): Promise<Iteration> {
    const { crew, search, config } = this.parts;
    const evaluated = await crew.evaluateAsync({
      candidates: search.ask().map((candidate) => Float32Array.from(candidate)),
      episodes: config.hyperparameters.episodesPerCandidate,
      normalizer: this.normalizer?.state() ?? null,
      changes: this.changes,
    });
    const scores = evaluated.flatMap((part) => part.scores);
    if (!scores.every(Number.isFinite)) {
      throw new TrainingDivergedError(`Training diverged at step ${this.steps}: a return is not a finite number.`);
    }
    search.tell(scores);
    for (const { statistics, steps } of evaluated) {
      this.normalizer?.merge(statistics);
      this.steps += steps;
    }
    this.examples = evaluated.at(-1)!.observations;
    return {
      metrics: {
        "Search/Best Return": Math.max(...scores),
        "Search/Mean Return": scores.reduce((sum, score) => sum + score, 0) / scores.length,
        "Search/Standard Deviation": search.deviation,
      },
      episodes: evaluated.flatMap(({ episodes }) => episodes),
    };
  }

  async networkAsync(): Promise<PolicyNetwork> {
    const { layout, config, search } = this.parts;
    const normalizer = this.normalizer?.freeze(config.legwork.observationClip) ?? null;
    return policyOf(layout, Float32Array.from(search.mean), normalizer);
  }

  recentObservationsAsync(rows: number): Promise<Float32Array> {
    return Promise.resolve(this.examples.slice(0, rows * this.parts.layout.observationSize));
  }

  async checkpointAsync(): Promise<Checkpoint> {
    const { layout, search, random, config } = this.parts;
    const tensors: Record<string, CheckpointTensor> = {
      ...layerTensors("actor", layout.layers, Float32Array.from(search.mean)),
      ...statisticsTensors("observations", this.normalizer),
    };
    for (const [name, values] of Object.entries(search.state())) tensors[`search.${name}`] = vector(values);
    const state: PopulationMeta = {
      activation: layout.activation,
      random: random.getState(),
      observationCount: this.normalizer?.state().count ?? null,
    };
    return { tensors, meta: { trainer: config.trainerType, steps: this.steps, state } };
  }

  restore(checkpoint: Checkpoint): void {
    this.take(checkpoint, "everything");
  }

  initializeFrom(checkpoint: Checkpoint): void {
    this.take(checkpoint, "networks");
  }

  dispose(): void {
    this.parts.crew.dispose();
  }

  private take(checkpoint: Checkpoint, what: "networks" | "everything"): void {
    const { layout, search, random, config } = this.parts;
    checkOrigin(checkpoint, [config.trainerType], layout.activation);
    const meta = checkpoint.meta.state as PopulationMeta;
    const tensors = new CheckpointReader(checkpoint);
    const actor = new Float32Array(layout.size);
    takeLayers(tensors, "actor", layout.layers, actor);
    const observations = this.normalizer
      ? takeStatistics(tensors, "observations", layout.observationSize, meta.observationCount)
      : null;
    const fresh = search.state();
    const names = Object.keys(fresh);
    if (what === "networks") {
      tensors.requireAllTaken(names.map((name) => `search.${name}`));
      search.restore({ ...fresh, mean: Float64Array.from(actor) });
    } else {
      const read = (name: string) => tensors.take(`search.${name}`, [fresh[name]!.length]) as Float64Array;
      const state = Object.fromEntries(names.map((name) => [name, read(name)]));
      tensors.requireAllTaken([]);
      search.restore(state);
      random.setState(meta.random);
      this.steps = checkpoint.meta.steps;
    }
    if (observations) this.normalizer?.restore(observations);
  }
}
