import { availableParallelism, freemem } from "node:os";
import { controlDt } from "../agent/characterAgent.js";
import { createHeadlessScene, loadHavokAsync } from "../env/headless.js";
import { createSceneEnv } from "../env/sceneEnv.js";
import { InputError } from "../inputError.js";
import { actionSize } from "../policy/policy.js";
import { Random } from "../random.js";
import type { SceneDefinition } from "../task/scene.js";
import type { TrainerConfig } from "./config/trainerConfig.js";

/** What a worker takes, measured with the hopper (`test/bench`): the thread, Babylon, Havok and a small world. */
const WORKER_BYTES = 150e6;
/** What is left to everything else. */
const RESERVE_BYTES = 500e6;

/** Worlds that are tried out, smallest first. */
const AGENT_COUNTS = [8, 16, 32, 64];
/** Simulated seconds of one trial, over all agents. */
const TRIAL_SECONDS = 40;
/** A larger world has to be faster by this factor: many agents leave each a shorter stretch of the buffer. */
const WORTHWHILE = 1.05;

/** The same configuration with the numbers of workers and agents filled in. */
export type ParallelConfig = TrainerConfig & {
  readonly legwork: { readonly numWorkers: number; readonly numAgents: number };
};

/**
 * Fills in how many workers and agents train, where the configuration leaves it open: one worker per core, and as many
 * agents as a trial of a few seconds finds fastest. The trial depends on the machine and the moment, so a configuration
 * that is to give the same run everywhere names both.
 *
 * @throws InputError when there is not memory enough for so many workers
 */
export async function resolveParallelismAsync(scene: SceneDefinition, config: TrainerConfig): Promise<ParallelConfig> {
  const numWorkers = config.legwork.numWorkers ?? availableParallelism();
  checkMemory(numWorkers, freemem());
  const numAgents = config.legwork.numAgents ?? (await fastestAgentsAsync(scene, config));
  return { ...config, legwork: { ...config.legwork, numWorkers, numAgents } };
}

/** @param free bytes @throws InputError when so many workers need more */
export function checkMemory(workers: number, free: number): void {
  const most = Math.max(1, Math.floor((free - RESERVE_BYTES) / WORKER_BYTES));
  if (workers <= most) return;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new InputError(
    `${workers} workers need about ${gigabytes(workers * WORKER_BYTES + RESERVE_BYTES)} GB of memory and ${gigabytes(free)} GB are free; --num-workers can be at most ${most} here.`,
  );
}

/** The number of agents per world that gets through the most decisions per second. */
async function fastestAgentsAsync(scene: SceneDefinition, config: TrainerConfig): Promise<number> {
  const havok = await loadHavokAsync();
  let best = { agents: AGENT_COUNTS[0]!, speed: 0 };
  for (const agents of AGENT_COUNTS) {
    const env = createSceneEnv(scene, createHeadlessScene(), havok, {
      agents,
      seed: 1,
      weights: config.legwork.rewards,
      parameters: config.environmentParameters,
    });
    const random = new Random(1);
    const actions = new Float32Array(agents * actionSize(env.actionSpec));
    const steps = Math.ceil(TRIAL_SECONDS / controlDt(scene.character) / agents);
    env.reset();
    const started = performance.now();
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < env.actionSpec.continuous; i++) actions[i] = random.normal();
      env.step(actions);
    }
    const speed = (steps * agents) / (performance.now() - started);
    env.dispose();
    if (speed > best.speed * WORTHWHILE) best = { agents, speed };
  }
  return best.agents;
}
