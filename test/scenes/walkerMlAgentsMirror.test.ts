import { describe, expect, it } from "vitest";
import walker from "../../scenes/walker-ml-agents/index.js";
import { mirrorOf } from "../../src/body/mirror.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import type { TaskAgent } from "../../src/task/taskAgent.js";
import { havok } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

describe("the mirror image of ML-Agents' Walker", () => {
  const env = createSceneEnv(walker, createHeadlessScene(), havok, { agents: 1, seed: 1 });
  const agent = env.academy.agentsOf("Walker")[0] as TaskAgent;
  const { body } = agent;
  const { observations, actions } = env.mirror();
  const { joints } = mirrorOf(body.spec);
  const image = (map: typeof joints, values: ArrayLike<number>) =>
    map.sources.map((source, i) => map.signs[i]! * values[source]!);

  it("sees what the mirror image of the observation says", () => {
    const random = new Random(3);
    const uniform = (count: number, size: number) => Array.from({ length: count }, () => random.uniform(-size, size));
    const observe = (side: 1 | -1, { q, v, o, values, rates, target, strengths }: Record<string, number[]>) => {
      const turned = side === 1 ? (x: number[]) => x : (x: number[]) => image(joints, x);
      const [x, y, z, w] = q as [number, number, number, number];
      body.reset({
        position: [side * 0.3, 1, 0.5],
        rotation: [x, side * y, side * z, w],
        joints: turned(values!),
        jointVelocities: turned(rates!),
        linearVelocity: [side * v![0]!, v![1]!, v![2]!],
        angularVelocity: [o![0]!, side * o![1]!, side * o![2]!],
      });
      agent.command.target = [side * target![0]!, 0.1, target![1]!];
      body.drives.forEach((drive, i) => {
        drive!.limitTorque(turned(strengths!).map(Math.abs)[i]!);
      });
      const out = new Float32Array(env.observationSize);
      agent.writeObservation(out, 0);
      return out;
    };
    for (let trial = 0; trial < 5; trial++) {
      const q = [0.1, random.uniform(-0.5, 0.5), -0.2, 1];
      const state = {
        q: q.map((value) => value / Math.hypot(...q)),
        v: uniform(3, 1),
        o: uniform(3, 1),
        values: uniform(26, 0.2),
        rates: uniform(26, 2),
        target: uniform(2, 5),
        strengths: uniform(26, 1),
      };
      expectNear(Array.from(observe(-1, state)), image(observations, observe(1, state)), 2e-4);
    }
  });

  it("acts as the mirror image of the action says", () => {
    const random = new Random(4);
    const action = Float32Array.from({ length: 39 }, () => random.uniform(-1, 1));
    const drivesAfter = (row: Float32Array) => {
      agent.receiveAction(row, 0);
      agent.requestAction();
      agent.act();
      return body.drives.map((drive) => ({ target: drive!.target, share: drive!.share }));
    };
    const one = drivesAfter(action);
    const other = drivesAfter(Float32Array.from(image(actions, action)));
    const targets = one.map(({ target }) => target);
    expectNear(
      other.map(({ target }) => target),
      image(joints, targets),
      1e-6,
    );
    expect(other.map(({ share }) => share)).toEqual(joints.sources.map((source) => one[source]!.share));
  });
});
