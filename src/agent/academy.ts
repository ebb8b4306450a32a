import { InputError } from "../inputError.js";
import { actionSize, maskSize, type Policy } from "../policy/policy.js";
import { sameActionSpec } from "./actionBuffers.js";
import type { Agent } from "./agent.js";
import { EnvironmentParameters, type ParameterSource } from "./environmentParameters.js";
import { StatsRecorder } from "./statsRecorder.js";

/** The world that an academy steps: a `PhysicsWorld`, or anything else that moves in fixed steps. */
export interface SteppedWorld {
  step(): void;
}

/**
 * Brings agents and their world together: one per scene, as many scenes as you like.
 *
 * `step` is one tick of the agents' loop: those whose decision is due observe and decide (all agents of a behaviour in
 * one batch), actions are carried out, the world makes one step, and episodes that are over begin anew.
 */
export class Academy {
  readonly environmentParameters: EnvironmentParameters;
  readonly statsRecorder = new StatsRecorder();
  /** Steps made since the academy was created. */
  stepCount = 0;
  private readonly groups = new Map<string, BehaviorGroup>();
  /** Models that take the place of the agents' own, by behaviour. */
  private readonly models = new Map<string, Policy>();
  private waiting = false;

  constructor(
    readonly world: SteppedWorld,
    environmentParameters: Readonly<Record<string, ParameterSource>> = {},
  ) {
    this.environmentParameters = new EnvironmentParameters(environmentParameters);
  }

  /**
   * Initialises the agent and begins its first episode.
   * @throws InputError when it differs in observations, actions or model from others of its behaviour.
   */
  add(agent: Agent): void {
    agent.attach(this);
    const { name } = agent.behavior;
    const group = this.groups.get(name) ?? new BehaviorGroup(agent, this.models.get(name) ?? null);
    group.add(agent);
    this.groups.set(name, group);
    agent.beginEpisode();
  }

  remove(agent: Agent): void {
    const group = this.groups.get(agent.behavior.name);
    group?.remove(agent);
    if (group?.agents.length === 0) this.groups.delete(agent.behavior.name);
  }

  /**
   * Lets all agents of a behaviour, and those that join later, decide by this model in the place of their own, from the
   * next decision on; null gives them their own back. Disposing of models is up to the caller.
   * @throws InputError when it does not fit the agents; they go on as before
   */
  setModel(behavior: string, model: Policy | null): void {
    this.groups.get(behavior)?.setModel(model);
    if (model) this.models.set(behavior, model);
    else this.models.delete(behavior);
  }

  agentsOf(behavior: string): readonly Agent[] {
    return this.groups.get(behavior)?.agents ?? [];
  }

  /**
   * One tick. Returns a promise only where a model is asynchronous, as ONNX models are: then await it.
   * @throws InputError when the promise of the last step is still open.
   */
  step(): void | Promise<void> {
    if (this.waiting) throw new InputError("Academy.step was called before the last step was done; await its promise.");
    const deciding = this.decide();
    if (!deciding) return this.advance();
    this.waiting = true;
    return deciding
      .then(() => this.advance())
      .finally(() => {
        this.waiting = false;
      });
  }

  /**
   * Lets agents decide whose decision is due; the half of `step` that comes before the world moves.
   * @param except a behaviour whose decisions somebody else, such as a trainer, has taken over
   */
  decide(except?: string): Promise<void> | undefined {
    const pending: Promise<void>[] = [];
    for (const [name, group] of this.groups) {
      const deciding = name === except ? undefined : group.decide(this.stepCount);
      if (deciding) pending.push(deciding);
    }
    return pending.length > 0 ? Promise.all(pending).then(() => {}) : undefined;
  }

  /** Carries actions out, steps the world and counts; the half of `step` that comes after the decisions. */
  advance(): void {
    for (const group of this.groups.values()) {
      for (const agent of group.agents) agent.act();
    }
    this.world.step();
    this.stepCount++;
    for (const group of this.groups.values()) {
      for (const agent of group.agents) agent.countStep(this.stepCount);
    }
  }
}

/** The agents of one behaviour, which decide together. */
class BehaviorGroup {
  /** Replaced, never changed, so that agents may join and leave while the academy goes through them. */
  agents: readonly Agent[] = [];
  private readonly deciding: Agent[] = [];
  private policy: Policy | null = null;
  private observations = new Float32Array(0);
  private actions = new Float32Array(0);
  private masks = new Float32Array(0);

  constructor(
    private readonly first: Agent,
    model: Policy | null,
  ) {
    this.setModel(model);
  }

  /**
   * @param model in the place of the agents' own; null: their own
   * @throws InputError when it does not fit them
   */
  setModel(model: Policy | null): void {
    const policy = model ?? this.first.behavior.model ?? null;
    if (policy) this.requireFit(policy);
    this.policy = policy;
  }

  add(agent: Agent): void {
    const { name } = agent.behavior;
    if (
      agent.observationSize !== this.first.observationSize ||
      !sameActionSpec(agent.actionSpec, this.first.actionSpec)
    ) {
      throw new InputError(`Agents of behaviour "${name}" must all have the same observations and actions.`);
    }
    if (agent.behavior.model !== this.first.behavior.model) {
      throw new InputError(`Agents of behaviour "${name}" must share one model; give others a behaviour of their own.`);
    }
    this.agents = [...this.agents, agent];
    const count = this.agents.length;
    this.observations = new Float32Array(count * agent.observationSize);
    this.actions = new Float32Array(count * actionSize(agent.actionSpec));
    this.masks = new Float32Array(count * maskSize(agent.actionSpec));
  }

  remove(agent: Agent): void {
    this.agents = this.agents.filter((other) => other !== agent);
  }

  decide(step: number): Promise<void> | undefined {
    const { deciding, policy } = this;
    const { observationSize, actionSpec } = this.first;
    const actionWidth = actionSize(actionSpec);
    const maskWidth = maskSize(actionSpec);
    deciding.length = 0;
    for (const agent of this.agents) {
      if (!agent.wantsDecision(step)) continue;
      agent.rewards.beginDecision();
      if (!policy || agent.behavior.type === "heuristic-only") {
        agent.decideByHeuristic();
        continue;
      }
      const row = deciding.push(agent) - 1;
      agent.writeObservation(this.observations, row * observationSize);
      if (maskWidth > 0) agent.writeMask(this.masks, row * maskWidth);
    }
    if (!policy || deciding.length === 0) return undefined;
    const result = policy.act(this.observations, this.actions, deciding.length, maskWidth > 0 ? this.masks : undefined);
    if (result) return result.then(() => this.hand(actionWidth));
    this.hand(actionWidth);
    return undefined;
  }

  private requireFit(model: Policy): void {
    const { observationSize, actionSpec, behavior } = this.first;
    if (model.observationSize !== observationSize) {
      throw new InputError(
        `The model of behaviour "${behavior.name}" takes ${model.observationSize} observations, its agents give ${observationSize}.`,
      );
    }
    if (!sameActionSpec(model.actionSpec, actionSpec)) {
      const describe = ({ continuous, discrete }: typeof actionSpec) =>
        `${continuous} continuous, [${discrete}] discrete`;
      throw new InputError(
        `The model of behaviour "${behavior.name}" gives ${describe(model.actionSpec)} actions, its agents take ${describe(actionSpec)}.`,
      );
    }
  }

  private hand(actionWidth: number): void {
    for (const [row, agent] of this.deciding.entries()) agent.receiveAction(this.actions, row * actionWidth);
  }
}
