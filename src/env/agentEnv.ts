import type { Academy } from "../agent/academy.js";
import type { Agent, AgentMirror, EpisodeEnd } from "../agent/agent.js";
import { InputError } from "../inputError.js";
import type { ObservationBlock } from "../policy/modelMetadata.js";
import { type ActionSpec, actionSize, maskSize } from "../policy/policy.js";
import type { RewardSettings } from "../task/resolve.js";
import type { EnvChanges, EpisodeRecord, VectorEnv } from "./vectorEnv.js";

/** What the environment leaves to those who know its agents better. */
export interface AgentEnvHooks {
  /** What to note about an agent's episode when it ends, beside its rewards. */
  measure?(agent: Agent): Readonly<Record<string, number>>;
  setRewards?(agent: Agent, rewards: RewardSettings): void;
  onDispose?(): void;
}

/** The agents of one behaviour in an academy, as an environment for a trainer: it takes their decisions over. */
export class AgentEnv implements VectorEnv {
  readonly count: number;
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly observations: Float32Array;
  readonly finalObservations: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly masks: Float32Array;
  readonly finalMasks: Float32Array;
  /** Layout of the observation and names of the actions, as they go into a model's metadata. */
  readonly observationBlocks: readonly ObservationBlock[];
  readonly actionNames: readonly string[];
  private readonly agents: readonly Agent[];
  private readonly period: number;
  private readonly lengths: Int32Array;
  private episodes: EpisodeRecord[] = [];
  private rewardText = "";

  /**
   * @throws InputError when the agents do not decide at the same time, in steps of one period
   */
  constructor(
    readonly academy: Academy,
    readonly behavior: string,
    private readonly hooks: AgentEnvHooks = {},
  ) {
    this.agents = academy.agentsOf(behavior);
    const first = this.agents[0];
    if (!first) throw new InputError(`There is no agent of behaviour "${behavior}" to train.`);
    const requester = first.decisionRequester;
    const together = (agent: Agent) =>
      agent.decisionRequester?.period === requester?.period && agent.decisionRequester?.offset === 0;
    if (!requester || !this.agents.every(together)) {
      throw new InputError(
        `Agents of behaviour "${behavior}" must all have a decision requester of the same period and offset 0 to be trained.`,
      );
    }
    this.period = requester.period;
    this.count = this.agents.length;
    this.observationSize = first.observationSize;
    this.actionSpec = first.actionSpec;
    this.observationBlocks = first.observationBlocks;
    this.actionNames = first.actionNames;
    this.observations = new Float32Array(this.count * this.observationSize);
    this.finalObservations = new Float32Array(this.count * this.observationSize);
    this.rewards = new Float32Array(this.count);
    this.terminated = new Uint8Array(this.count);
    this.truncated = new Uint8Array(this.count);
    this.masks = new Float32Array(this.count * maskSize(this.actionSpec));
    this.finalMasks = new Float32Array(this.masks.length);
    this.lengths = new Int32Array(this.count);
    this.agents.forEach((agent, row) => {
      agent.onEpisodeEnd = (end) => this.noteEnd(agent, row, end);
    });
  }

  reset(): void {
    for (const agent of this.agents) agent.beginEpisode();
    this.lengths.fill(0);
    this.episodes = [];
    this.observe();
  }

  step(actions: Float32Array): void {
    const width = actionSize(this.actionSpec);
    this.terminated.fill(0);
    this.truncated.fill(0);
    this.rewards.fill(0);
    for (let row = 0; row < this.count; row++) {
      const agent = this.agents[row]!;
      agent.rewards.beginDecision();
      agent.requestDecision();
      agent.receiveAction(actions, row * width);
      this.lengths[row]!++;
    }
    this.advance();
    for (let tick = 1; tick < this.period; tick++) {
      for (const agent of this.agents) agent.wantsDecision(this.academy.stepCount);
      this.advance();
    }
    for (let row = 0; row < this.count; row++) {
      // Where an episode has ended, the rewards up to its end are noted already; what came after belongs to no decision.
      if (!this.hasEnded(row)) this.rewards[row] = this.agents[row]!.rewards.sinceDecision;
    }
    this.observe();
  }

  startAction(): readonly number[] {
    return this.agents[0]!.startAction();
  }

  mirror(): AgentMirror {
    return this.agents[0]!.mirror();
  }

  change({ parameters = {}, rewards }: EnvChanges): void {
    for (const [name, source] of Object.entries(parameters)) this.academy.environmentParameters.set(name, source);
    if (!rewards) return;
    // Rewards come with every rollout; they are compiled only when they are others.
    const text = JSON.stringify(rewards);
    if (text === this.rewardText) return;
    this.rewardText = text;
    for (const agent of this.agents) this.hooks.setRewards?.(agent, rewards);
  }

  drainEpisodes(): EpisodeRecord[] {
    const { episodes } = this;
    this.episodes = [];
    return episodes;
  }

  dispose(): void {
    for (const agent of this.agents) agent.onEpisodeEnd = null;
    this.hooks.onDispose?.();
  }

  private advance(): void {
    if (this.academy.decide(this.behavior)) {
      throw new InputError(
        `Beside "${this.behavior}", which is trained, there is an asynchronous model; use one that is not.`,
      );
    }
    this.academy.advance();
  }

  private hasEnded(row: number): boolean {
    return this.terminated[row] === 1 || this.truncated[row] === 1;
  }

  private observe(): void {
    for (let row = 0; row < this.count; row++) this.show(row, this.observations, this.masks);
  }

  private show(row: number, observations: Float32Array, masks: Float32Array): void {
    const maskWidth = masks.length / this.count;
    this.agents[row]!.writeObservation(observations, row * this.observationSize);
    if (maskWidth > 0) this.agents[row]!.writeMask(masks, row * maskWidth);
  }

  /** Called while the agent still shows its last state. */
  private noteEnd(agent: Agent, row: number, end: EpisodeEnd): void {
    // Were a second episode to end in the same step, the trainer's transition would still be the first one's.
    if (!this.hasEnded(row)) {
      this.show(row, this.finalObservations, this.finalMasks);
      this.rewards[row] = agent.rewards.sinceDecision;
      (end === "terminated" ? this.terminated : this.truncated)[row] = 1;
    }
    this.episodes.push({
      agent: row,
      return: agent.rewards.episode,
      length: this.lengths[row]!,
      end,
      terms: agent.rewards.episodeTerms,
      measures: this.hooks.measure?.(agent) ?? {},
      ...(agent.rewards.faults.length > 0 ? { faults: [...agent.rewards.faults] } : {}),
    });
    this.lengths[row] = 0;
  }
}
