import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { Agent } from "../../agent/agent.js";
import type { CharacterAgent } from "../../agent/characterAgent.js";
import type { PhysicsWorld } from "../../body/world.js";
import type { AgentEnv } from "../../env/agentEnv.js";
import type { RolloutBuffer } from "../../rollout/rolloutBuffer.js";
import { createBenchEnv, type SceneBench } from "./sceneRollout.js";

/** What makes another world go through the same motion: the actions, and where episodes ended. */
export type Motion = Pick<RolloutBuffer, "steps" | "actions" | "actionSize" | "terminated" | "truncated">;

/**
 * The same bodies as those of a rollout, in a world of their own, that repeat its motion to the last bit, so that the
 * engine has the same work to do. Only what `step` does between the commands to the drives and the resets is timed.
 */
export class MotionReplay {
  readonly agents: readonly CharacterAgent[];
  private readonly env: AgentEnv;
  private readonly world: PhysicsWorld;
  private readonly period: number;

  constructor(bench: SceneBench, havok: HavokPhysicsWithBindings) {
    const { behavior, decisionPeriod } = bench.scene.character;
    this.env = createBenchEnv(bench, havok);
    this.env.reset();
    this.agents = this.env.academy.agentsOf(behavior) as readonly Agent[] as readonly CharacterAgent[];
    this.world = this.env.academy.world as PhysicsWorld;
    this.period = decisionPeriod;
  }

  /** One control step as Legwork makes it: its physics steps, then the state of every body is read. */
  readonly stepAndRead = (): void => {
    for (let tick = 0; tick < this.period; tick++) this.world.step();
    for (const agent of this.agents) agent.body.readState();
  };

  /** One control step of the engine alone. */
  readonly stepEngine = (): void => {
    const { havok, plugin, clock } = this.world;
    for (let tick = 0; tick < this.period; tick++) {
      havok.HP_World_SetIdealStepTime(plugin.world, (clock.physicsDt * 4) / clock.microsteps);
      havok.HP_World_Step(plugin.world, clock.physicsDt);
    }
  };

  /** @returns the seconds that `step` took altogether */
  replay(motion: Motion, step: () => void): number {
    const { agents } = this;
    let milliseconds = 0;
    for (let t = 0; t < motion.steps; t++) {
      const row = t * agents.length;
      agents.forEach((agent, i) => {
        agent.requestDecision();
        agent.receiveAction(motion.actions, (row + i) * motion.actionSize);
        agent.act();
      });
      const start = performance.now();
      step();
      milliseconds += performance.now() - start;
      agents.forEach((agent, i) => {
        if (motion.terminated[row + i] || motion.truncated[row + i]) agent.beginEpisode();
      });
    }
    return milliseconds / 1000;
  }

  dispose(): void {
    this.env.dispose();
  }
}
