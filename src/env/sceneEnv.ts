import type { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { Academy } from "../agent/academy.js";
import type { Agent } from "../agent/agent.js";
import { controlDt } from "../agent/characterAgent.js";
import { EnvironmentParameters, type ParameterSource } from "../agent/environmentParameters.js";
import { hashBody } from "../body/hash.js";
import { PhysicsWorld } from "../body/world.js";
import { InputError } from "../inputError.js";
import type { ModelMetadata } from "../policy/modelMetadata.js";
import { Random } from "../random.js";
import { GaitMeter } from "../task/gait/gaitMeter.js";
import { type RewardSettings, resolveParameters } from "../task/resolve.js";
import type { SceneDefinition } from "../task/scene.js";
import { TaskAgent } from "../task/taskAgent.js";
import { layGround } from "../task/terrain.js";
import { AgentEnv } from "./agentEnv.js";

export interface SceneEnvOptions {
  /** Number of agents in the world, best between 10 and 64. */
  readonly agents: number;
  readonly seed: number;
  /**
   * Number of the first agent, default 0. Agents 50 to 99 of a hundred live the same episodes, to the last bit, in a world
   * of their own.
   */
  readonly firstAgent?: number;
  /** Reward terms and weights that differ from the task's. */
  readonly rewards?: RewardSettings;
  /** Environment parameters that differ from the task's. */
  readonly parameters?: Readonly<Record<string, ParameterSource>>;
  readonly episodeSeconds?: number;
  /** Names of the sensors that characters have, default all. */
  readonly sensors?: readonly string[] | null;
  /** Whether to measure footfalls; costs a little. Default false. */
  readonly gait?: boolean;
}

/** m between neighbours; they do not collide, so this is for the eye and for the engine's broad phase. */
const SPACING = 2;
/** m of uneven ground around the agents. */
const MARGIN = 60;

/** Builds a scene's agents side by side into an empty Babylon scene, ready to be trained or evaluated. */
export function createSceneEnv(
  definition: SceneDefinition,
  babylon: Scene,
  havok: HavokPhysicsWithBindings,
  options: SceneEnvOptions,
): AgentEnv {
  if (!Number.isInteger(options.agents) || options.agents < 1) {
    throw new InputError(`The number of agents is ${options.agents}, allowed is a whole number from 1.`);
  }
  const { character, task } = definition;
  const world = new PhysicsWorld(babylon, havok, character.clock, character.gravity);
  const { firstAgent = 0 } = options;
  const { spacing = SPACING } = definition;
  const seeds = new Random(options.seed);
  const academy = new Academy(world, resolveParameters(task, options.parameters));
  // A body that lives in a plane never gets off its line.
  const sides = character.body.root.kind === "free" ? MARGIN : 2;
  const ground = layGround(world, definition, drawOnce(academy.environmentParameters, options.seed), {
    minX: firstAgent * spacing - sides,
    maxX: (firstAgent + options.agents - 1) * spacing + sides,
    minZ: -MARGIN,
    maxZ: MARGIN,
  });
  const meters = new Map<Agent, GaitMeter>();
  for (let index = 0; index < firstAgent; index++) seeds.split();
  for (let index = firstAgent; index < firstAgent + options.agents; index++) {
    const agent = new TaskAgent(world, definition, {
      random: seeds.split(),
      ground: [index * spacing, ground?.(index * spacing, 0) ?? 0, 0],
      index,
      sensors: options.sensors ?? null,
      ...(options.rewards ? { rewards: options.rewards } : {}),
      ...(options.episodeSeconds !== undefined ? { episodeSeconds: options.episodeSeconds } : {}),
    });
    if (options.gait) meters.set(agent, new GaitMeter(agent));
    academy.add(agent);
  }
  return new AgentEnv(academy, character.behavior, {
    measure: (agent) => ({ ...(agent as TaskAgent).measures, ...meters.get(agent)?.measures() }),
    setRewards: (agent, rewards) => (agent as TaskAgent).setRewards(rewards),
    onDispose: () => {
      for (const agent of academy.agentsOf(character.behavior)) (agent as TaskAgent).dispose();
      babylon.getEngine().dispose();
    },
  });
}

/** For what a world has only once, its ground: samplers are drawn, from a stream of their own. */
function drawOnce(parameters: EnvironmentParameters, seed: number): EnvironmentParameters {
  const drawn = new EnvironmentParameters();
  drawn.drawFrom(parameters, new Random(seed));
  return drawn;
}

/** What a model for this scene says about itself, apart from how it was trained. */
export function describeScene(
  { name, character }: SceneDefinition,
  env: AgentEnv,
): Pick<ModelMetadata, "scene" | "behavior" | "bodyHash" | "observations" | "actions" | "physicsDt" | "controlDt"> {
  return {
    scene: name,
    behavior: character.behavior,
    bodyHash: hashBody(character.body),
    observations: env.observationBlocks,
    actions: env.actionNames,
    physicsDt: character.clock.physicsDt,
    controlDt: controlDt(character),
  };
}
