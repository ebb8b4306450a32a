import type { Academy } from "../../agent/academy.js";
import type { Agent } from "../../agent/agent.js";
import { type CharacterDefinition, controlDt } from "../../agent/characterAgent.js";
import { hashBody } from "../../body/hash.js";
import { type CheckedModel, checkModel } from "../../inference/compatibility.js";
import { actionSize, maskSize, type Policy } from "../../policy/policy.js";

/** Decides for a game's characters as long as there is a policy for them; without one they decide as they always did. */
export class LiveAgents {
  private policy: Policy | null = null;
  private character: CharacterDefinition | null = null;
  private readonly decideAsBefore: Academy["decide"];
  private readonly deciding: Agent[] = [];
  private observations = new Float32Array(0);
  private actions = new Float32Array(0);
  private masks = new Float32Array(0);

  constructor(private readonly academy: Academy) {
    this.decideAsBefore = academy.decide.bind(academy);
    academy.decide = (except) => this.decide(except);
  }

  /** Decides for the characters of this kind from now on, once there is a policy. */
  choose(character: CharacterDefinition): void {
    this.set(null);
    this.character = character;
  }

  /** How many characters of the chosen kind the game has at this moment. */
  get count(): number {
    return this.agents.length;
  }

  /** @throws InputError when it does not fit the characters */
  show(policy: Policy & CheckedModel): void {
    const [agent] = this.agents;
    const { character } = this;
    if (agent && character) {
      checkModel(policy, {
        observations: agent.observationBlocks,
        actionSpec: agent.actionSpec,
        actions: agent.actionNames,
        physicsDt: character.clock.physicsDt,
        controlDt: controlDt(character),
        bodyHash: hashBody(character.body),
      });
    }
    this.set(policy);
  }

  /** Gives the characters back. */
  dispose(): void {
    this.set(null);
    this.academy.decide = this.decideAsBefore;
  }

  private get agents(): readonly Agent[] {
    return this.character ? this.academy.agentsOf(this.character.behavior) : [];
  }

  private set(policy: Policy | null): void {
    this.policy?.dispose?.();
    this.policy = policy;
  }

  private decide(except?: string): Promise<void> | undefined {
    const { policy, character, agents } = this;
    // Where somebody else has taken decisions over already, they are not ours.
    if (!policy || !character || agents.length === 0 || except !== undefined) return this.decideAsBefore(except);
    const others = this.decideAsBefore(character.behavior);
    const own = this.decideBy(policy, agents);
    return others && own ? Promise.all([others, own]).then(() => {}) : (others ?? own);
  }

  /** One batch, as the academy itself would have it. */
  private decideBy(policy: Policy, agents: readonly Agent[]): Promise<void> | undefined {
    const { deciding } = this;
    const { observationSize, actionSpec } = agents[0]!;
    const actionWidth = actionSize(actionSpec);
    const maskWidth = maskSize(actionSpec);
    this.makeRoom(agents.length, observationSize, actionWidth, maskWidth);
    deciding.length = 0;
    for (const agent of agents) {
      if (!agent.wantsDecision(this.academy.stepCount)) continue;
      agent.rewards.beginDecision();
      if (agent.behavior.type === "heuristic-only") {
        agent.decideByHeuristic();
        continue;
      }
      const row = deciding.push(agent) - 1;
      agent.writeObservation(this.observations, row * observationSize);
      if (maskWidth > 0) agent.writeMask(this.masks, row * maskWidth);
    }
    if (deciding.length === 0) return undefined;
    const hand = () => {
      for (const [row, agent] of deciding.entries()) agent.receiveAction(this.actions, row * actionWidth);
    };
    const masks = maskWidth > 0 ? this.masks : undefined;
    const result = policy.act(this.observations, this.actions, deciding.length, masks);
    if (result) return result.then(hand);
    hand();
    return undefined;
  }

  private makeRoom(rows: number, observationSize: number, actionWidth: number, maskWidth: number): void {
    const roomFor = (old: Float32Array<ArrayBuffer>, size: number) =>
      old.length === size ? old : new Float32Array(size);
    this.observations = roomFor(this.observations, rows * observationSize);
    this.actions = roomFor(this.actions, rows * actionWidth);
    this.masks = roomFor(this.masks, rows * maskWidth);
  }
}
