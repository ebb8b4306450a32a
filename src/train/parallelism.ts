import { availableParallelism, freemem, totalmem } from "node:os";
import { controlDt } from "../agent/characterAgent.js";
import { createHeadlessScene, loadHavokAsync } from "../env/headless.js";
import { createSceneEnv } from "../env/sceneEnv.js";
import { InputError } from "../inputError.js";
import { actionSize } from "../policy/policy.js";
import { Random } from "../random.js";
import type { SceneDefinition } from "../task/scene.js";
import type { TrainerConfig } from "./config/trainerConfig.js";
import { trainingEpisodes } from "./episodes.js";

/** What a worker takes: the thread with its code, Havok and a world of 64 hoppers (resident memory, Node 20). */
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
 * Fills in how many workers and agents train, where the configuration leaves it open: one worker per core, fewer where memory is short, and as many
 * agents as a trial of a few seconds finds fastest. The trial depends on the machine and the moment, so a configuration
 * that is to give the same run everywhere names both.
 *
 * @throws InputError when there is not memory enough for so many workers
 */
export async function resolveParallelismAsync(scene: SceneDefinition, config: TrainerConfig): Promise<ParallelConfig> {
  const free = freeBytes();
  const numWorkers = config.legwork.numWorkers ?? Math.min(availableParallelism(), mostWorkers(free));
  checkMemory(numWorkers, free);
  const numAgents = config.legwork.numAgents ?? (await fastestAgentsAsync(scene, config));
  return { ...config, legwork: { ...config.legwork, numWorkers, numAgents } } as ParallelConfig;
}

/** @param free bytes @throws InputError when so many workers need more */
export function checkMemory(workers: number, free: number): void {
  const most = mostWorkers(free);
  if (workers <= most) return;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new InputError(
    `${workers} workers need about ${gigabytes(workers * WORKER_BYTES + RESERVE_BYTES)} GB of memory and ${gigabytes(free)} GB are free; --num-workers can be at most ${most} here.`,
  );
}

function mostWorkers(free: number): number {
  return Math.max(1, Math.floor((free - RESERVE_BYTES) / WORKER_BYTES));
}

/** Memory that can be had. macOS counts what it keeps for files as taken, so half of all is the better guess there. */
function freeBytes(): number {
  return process.platform === "darwin" ? totalmem() / 2 : freemem();
}

/** The number of agents per world that gets through the most decisions per second. */
async function fastestAgentsAsync(scene: SceneDefinition, config: TrainerConfig): Promise<number> {
  const havok = await loadHavokAsync();
  const speeds = new Map<number, number>();
  // Twice, and the faster counts: the first worlds run while the code is still being compiled.
  for (const agents of [...AGENT_COUNTS, ...AGENT_COUNTS]) {
    const speed = decisionsPerMillisecond(scene, config, havok, agents);
    speeds.set(agents, Math.max(speed, speeds.get(agents) ?? 0));
  }
  let best = AGENT_COUNTS[0]!;
  for (const [agents, speed] of speeds) if (speed > speeds.get(best)! * WORTHWHILE) best = agents;
  return best;
}

function decisionsPerMillisecond(
  scene: SceneDefinition,
  config: TrainerConfig,
  havok: Awaited<ReturnType<typeof loadHavokAsync>>,
  agents: number,
): number {
  const env = createSceneEnv(scene, createHeadlessScene(), havok, {
    agents,
    seed: 1,
    ...trainingEpisodes(config),
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
  return speed;
}
