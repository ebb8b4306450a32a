import type { MainModule } from "@mujoco/mujoco";
import { loadHavokAsync } from "../../env/headless.js";
import { Random } from "../../random.js";
import { BodyCrowd } from "./bodyCrowd.js";
import { type BenchLine, compareAsync, type Plan } from "./compare.js";
import { GYMNASIUM_BODIES } from "./gymnasiumBodies.js";
import { INTEGRATORS } from "./mjcf.js";
import { MujocoBody } from "./mujoco.js";

export interface MujocoBench extends Plan {
  /** Of `GYMNASIUM_BODIES`. */
  readonly bodies: readonly string[];
  /** Bodies of ours in one world. */
  readonly agents: number;
  /** Simulated time of one block, s. */
  readonly seconds: number;
  /** Null: nothing to compare with. */
  readonly mujoco: MainModule | null;
}

/**
 * Simulated seconds per second on one thread, ours against MuJoCo's: the same bodies, each on the clock that it is
 * trained on (here) or that Gymnasium sets (there: RK4, and Euler too for comparison). Every block begins in the start
 * pose, which is not timed, and all motors get new random torques with every decision.
 *
 * Ours are many in one world, and their simulated seconds add up. MuJoCo steps one body alone: it costs the same for
 * each of many.
 */
export async function* benchMujoco(bench: MujocoBench): AsyncGenerator<BenchLine> {
  const { bodies, agents, seconds, mujoco } = bench;
  const havok = await loadHavokAsync();
  for (const name of bodies) {
    const body = GYMNASIUM_BODIES[name]!;
    const crowd = new BodyCrowd(body, havok, agents);
    for (const integrator of INTEGRATORS) {
      const reference = mujoco && new MujocoBody(mujoco, body, integrator);
      const [ourRandom, theirRandom] = [new Random(1), new Random(1)];
      yield await compareAsync(
        `mujoco-${name}-${integrator.toLowerCase()}`,
        "simulated s/s",
        bench,
        () => crowd.speed(seconds, ourRandom),
        () => reference?.speed(seconds, theirRandom) ?? null,
      );
      reference?.dispose();
    }
    crowd.dispose();
  }
}
