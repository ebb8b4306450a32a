import { loadHavokAsync } from "../../env/headless.js";
import { type BenchLine, compareAsync } from "./compare.js";
import { MotionReplay } from "./motionReplay.js";
import { type SceneBench, SceneRollout } from "./sceneRollout.js";

/**
 * Stepping the world and reading every body's state against the engine's step alone, in the motion of a rollout that
 * is not timed; agent steps are physics steps × agents.
 */
export async function benchPhysicsAsync(bench: SceneBench): Promise<BenchLine> {
  const { scene, agents, steps } = bench;
  const havok = await loadHavokAsync();
  const rollout = await SceneRollout.createAsync(bench, havok);
  const world = new MotionReplay(bench, havok);
  const reference = new MotionReplay(bench, havok);
  const agentSteps = agents * steps * scene.character.decisionPeriod;
  const ours = () => {
    rollout.collect();
    return agentSteps / world.replay(rollout.buffer, world.stepAndRead);
  };
  const theirs = () => agentSteps / reference.replay(rollout.buffer, reference.stepEngine);
  try {
    return await compareAsync(`world-step-${scene.name}`, "agent steps/s", bench, ours, theirs);
  } finally {
    for (const each of [rollout, world, reference]) each.dispose();
  }
}
