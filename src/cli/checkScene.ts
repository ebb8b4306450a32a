import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AgentEnv } from "../env/agentEnv.js";
import { createHeadlessScene, loadHavokAsync } from "../env/headless.js";
import { createSceneEnv } from "../env/sceneEnv.js";
import { actionSize } from "../policy/policy.js";
import { Random } from "../random.js";
import type { SceneDefinition } from "../task/scene.js";
import { loadTrainerConfig } from "../train/config/trainerConfig.js";
import { checkEpisodes } from "../train/episodes.js";

export interface SceneCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

const AGENTS = 4;
const STEPS = 300;

/** Tries a scene out with random actions; an error in one check does not hide the others. */
export async function checkSceneAsync(scene: SceneDefinition): Promise<SceneCheck[]> {
  const attempt = async (name: string, check: () => Promise<string>): Promise<SceneCheck> => {
    try {
      return { name, passed: true, detail: await check() };
    } catch (error) {
      return { name, passed: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
  return [
    await attempt("configuration", async () => {
      const path = fileURLToPath(scene.config);
      const config = loadTrainerConfig(await readFile(path, "utf8"), path, scene.character.behavior);
      checkEpisodes(scene, config);
      return `${config.trainerType}, ${config.maxSteps.toLocaleString("en")} steps`;
    }),
    await attempt("sizes", async () => {
      const env = await createEnvAsync(scene, 1);
      const { observationSize, observationBlocks, actionNames, actionSpec } = env;
      env.dispose();
      const sum = observationBlocks.reduce((total, block) => total + block.size, 0);
      require(sum === observationSize, `the blocks add up to ${sum}, the observation has ${observationSize}`);
      const actions = actionSize(actionSpec);
      require(actionNames.length === actions, `${actionNames.length} action names for ${actions} actions`);
      return `${observationSize} observations, ${actions} actions`;
    }),
    await attempt("finite", async () => {
      const { episodes, observations, rewards } = await rolloutAsync(scene, 1);
      require(observations.every(Number.isFinite), "an observation is not a finite number");
      require(rewards.every(Number.isFinite), "a reward is not a finite number");
      return `${STEPS * AGENTS} random steps, ${episodes} episodes ended`;
    }),
    await attempt("same seed, same rollout", async () => {
      const [first, second, other] = [
        await rolloutAsync(scene, 1),
        await rolloutAsync(scene, 1),
        await rolloutAsync(scene, 2),
      ];
      const same = first.observations.every((value, i) => value === second.observations[i]);
      require(same, "two rollouts of seed 1 differ");
      require(first.observations.some(
        (value, i) => value !== other.observations[i],
      ), "seeds 1 and 2 give the same rollout");
      return "two rollouts are equal to the last bit, another seed differs";
    }),
  ];
}

function require(condition: boolean, problem: string): void {
  if (!condition) throw new Error(problem);
}

async function createEnvAsync(scene: SceneDefinition, seed: number): Promise<AgentEnv> {
  return createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), { agents: AGENTS, seed });
}

async function rolloutAsync(scene: SceneDefinition, seed: number) {
  const env = await createEnvAsync(scene, seed);
  const random = new Random(seed);
  const actions = new Float32Array(env.count * actionSize(env.actionSpec));
  const { continuous, discrete } = env.actionSpec;
  const observations: number[] = [];
  const rewards: number[] = [];
  let episodes = 0;
  env.reset();
  for (let step = 0; step < STEPS; step++) {
    for (let at = 0; at < actions.length; ) {
      for (let i = 0; i < continuous; i++) actions[at++] = random.uniform(-1, 1);
      for (const options of discrete) actions[at++] = random.integer(options);
    }
    env.step(actions);
    observations.push(...env.observations);
    rewards.push(...env.rewards);
    episodes += env.drainEpisodes().length;
  }
  env.dispose();
  return { observations, rewards, episodes };
}
