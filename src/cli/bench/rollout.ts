import { loadHavokAsync } from "../../env/headless.js";
import { type BenchLine, compareAsync } from "./compare.js";
import { MotionReplay } from "./motionReplay.js";
import { type SceneBench, SceneRollout } from "./sceneRollout.js";

/**
 * The whole rollout against the bare engine.
 *
 * Both are counted in agent steps: physics steps × agents. The figure's time is all that training does between two
 * updates: sense, normalise, run the policy, sample, act, step, reward, begin episodes anew, store. The reference's
 * time is that of the engine's own step alone (`HP_World_SetIdealStepTime`, `HP_World_Step`), for the same bodies in
 * the same motion; moving their drives and resetting them is not in it.
 */
export async function benchRolloutAsync(bench: SceneBench): Promise<BenchLine> {
  const { scene, agents, steps } = bench;
  const havok = await loadHavokAsync();
  const rollout = await SceneRollout.createAsync(bench, havok);
  const reference = new MotionReplay(bench, havok);
  const agentSteps = agents * steps * scene.character.decisionPeriod;
  const ours = () => {
    const start = performance.now();
    rollout.collect();
    return (agentSteps * 1000) / (performance.now() - start);
  };
  const theirs = () => agentSteps / reference.replay(rollout.buffer, reference.stepEngine);
  try {
    return await compareAsync(`raw-${scene.name}`, "agent steps/s", bench, ours, theirs);
  } finally {
    rollout.dispose();
    reference.dispose();
  }
}
