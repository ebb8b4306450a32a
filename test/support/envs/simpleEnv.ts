import type { EpisodeRecord, VectorEnv } from "../../../src/env/vectorEnv.js";
import { type ActionSpec, actionSize, maskSize } from "../../../src/policy/policy.js";
import { Random } from "../../../src/random.js";

/** A task as plain data and functions of one agent's state; {@link SimpleEnv} makes many agents of it. */
export interface SimpleTask {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly stateSize: number;
  /** Decisions after which an episode is truncated. */
  readonly timeLimit: number;
  /** Fills the first state of an episode, which is all 0 before. */
  start(state: Float64Array, random: Random): void;
  /** @param action the continuous values, clipped to [−1, 1], then the chosen options */
  step(state: Float64Array, action: Float32Array, random: Random): StepResult;
  observe(state: Float64Array, out: Float32Array): void;
  /** Fills which options are allowed; without it all are. */
  mask?(state: Float64Array, out: Float32Array): void;
}

export interface StepResult {
  readonly reward: number;
  readonly terminated: boolean;
}

/** Many agents of one {@link SimpleTask}, each with random numbers of its own. */
export class SimpleEnv implements VectorEnv {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly observations: Float32Array;
  readonly finalObservations: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly masks: Float32Array;
  readonly finalMasks: Float32Array;
  private readonly randoms: readonly Random[];
  private readonly states: Float64Array;
  private readonly action: Float32Array;
  private readonly returns: Float64Array;
  private readonly lengths: Int32Array;
  private episodes: EpisodeRecord[] = [];

  constructor(
    private readonly task: SimpleTask,
    readonly count: number,
    seed: number,
  ) {
    this.observationSize = task.observationSize;
    this.actionSpec = task.actionSpec;
    this.observations = new Float32Array(count * task.observationSize);
    this.finalObservations = new Float32Array(count * task.observationSize);
    this.rewards = new Float32Array(count);
    this.terminated = new Uint8Array(count);
    this.truncated = new Uint8Array(count);
    this.masks = new Float32Array(count * maskSize(task.actionSpec)).fill(1);
    this.finalMasks = this.masks.slice();
    const random = new Random(seed);
    this.randoms = Array.from({ length: count }, () => random.split());
    this.states = new Float64Array(count * task.stateSize);
    this.action = new Float32Array(actionSize(task.actionSpec));
    this.returns = new Float64Array(count);
    this.lengths = new Int32Array(count);
  }

  reset(): void {
    this.episodes = [];
    for (let agent = 0; agent < this.count; agent++) this.begin(agent);
  }

  step(actions: Float32Array): void {
    const { task, action } = this;
    for (let agent = 0; agent < this.count; agent++) {
      action.set(actions.subarray(agent * action.length, (agent + 1) * action.length));
      for (let i = 0; i < task.actionSpec.continuous; i++) action[i] = Math.max(-1, Math.min(1, action[i]!));
      const { reward, terminated } = task.step(this.state(agent), action, this.randoms[agent]!);
      this.rewards[agent] = reward;
      this.returns[agent]! += reward;
      this.lengths[agent]!++;
      const truncated = !terminated && this.lengths[agent]! >= task.timeLimit;
      this.terminated[agent] = terminated ? 1 : 0;
      this.truncated[agent] = truncated ? 1 : 0;
      if (terminated || truncated) this.end(agent);
      else this.show(agent, this.observations, this.masks);
    }
  }

  drainEpisodes(): EpisodeRecord[] {
    const { episodes } = this;
    this.episodes = [];
    return episodes;
  }

  dispose(): void {}

  private begin(agent: number): void {
    this.returns[agent] = 0;
    this.lengths[agent] = 0;
    this.task.start(this.state(agent).fill(0), this.randoms[agent]!);
    this.show(agent, this.observations, this.masks);
  }

  private end(agent: number): void {
    this.show(agent, this.finalObservations, this.finalMasks);
    const sum = this.returns[agent]!;
    this.episodes.push({
      agent,
      return: sum,
      length: this.lengths[agent]!,
      end: this.terminated[agent] ? "terminated" : "truncated",
      terms: { task: sum },
      measures: {},
    });
    this.begin(agent);
  }

  /** Writes what the agent sees, and which options it has. */
  private show(agent: number, observations: Float32Array, masks: Float32Array): void {
    const { task } = this;
    const state = this.state(agent);
    task.observe(state, observations.subarray(agent * task.observationSize, (agent + 1) * task.observationSize));
    const width = masks.length / this.count;
    task.mask?.(state, masks.subarray(agent * width, (agent + 1) * width));
  }

  private state(agent: number): Float64Array {
    return this.states.subarray(agent * this.task.stateSize, (agent + 1) * this.task.stateSize);
  }
}
