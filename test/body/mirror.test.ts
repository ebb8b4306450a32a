import { describe, expect, it } from "vitest";
import { walkerBody } from "../../scenes/walker/body.js";
import walker from "../../scenes/walker/index.js";
import { mirrorOf } from "../../src/body/mirror.js";
import type { Pose } from "../../src/body/pose.js";
import type { BodySpec } from "../../src/body/spec.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import type { TaskAgent } from "../../src/task/taskAgent.js";
import { havok } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

describe("mirrorOf", () => {
  it("finds the other side of parts and joint values, and which of them change their sign", () => {
    const { parts, joints } = mirrorOf(walkerBody);
    const names = walkerBody.parts.map(({ name }) => name);
    expect(names[parts.sources[names.indexOf("left-foot")]!]).toBe("right-foot");
    expect(names[parts.sources[names.indexOf("head")]!]).toBe("head");
    // Bending forward stays as it is, leaning and turning change; the left limbs (from 8) and the right ones (from 17)
    // are drawn so that equal values are mirror images.
    expect(joints.signs.slice(0, 8)).toEqual([1, -1, -1, 1, -1, -1, 1, -1]);
    expect(joints.signs.slice(8)).toEqual(new Array(18).fill(1));
    expect(joints.sources.slice(8, 17)).toEqual([17, 18, 19, 20, 21, 22, 23, 24, 25]);
    expect(joints.sources.map((source) => joints.sources[source])).toEqual(joints.sources.map((_, i) => i));
  });

  it("refuses a map that is not its own inverse, parts that differ and bodies without a map", () => {
    const withMirror = (mirror: Readonly<Record<string, string>>): BodySpec => ({ ...walkerBody, mirror });
    expect(() => mirrorOf(withMirror({ "left-foot": "right-foot", "right-foot": "left-hand" }))).toThrow(
      'Body "walker", mirror: "left-foot" is opposite "right-foot", but "right-foot" is opposite "left-hand"; the map must be its own inverse.',
    );
    expect(() => mirrorOf(withMirror({ "left-foot": "paw" }))).toThrow(
      'mirror: "paw" is not a part; the parts are hips,',
    );
    expect(() => mirrorOf(withMirror({ "left-foot": "right-hand" }))).toThrow("are not mirror images of each other");
    const { mirror: _, ...plain } = walkerBody;
    expect(() => mirrorOf(plain)).toThrow(
      "mirror: the body does not say which parts are left and right of each other.",
    );
  });
});

describe("the mirror image of an agent", () => {
  const env = createSceneEnv(walker, createHeadlessScene(), havok, { agents: 1, seed: 1 });
  const agent = env.academy.agentsOf("Walker")[0] as TaskAgent;
  const { observations, actions } = env.mirror();

  function observationOf(pose: Pose, targets: ArrayLike<number>, sideways: number, turn: number, phase: number) {
    // Sensors forget what they saw before.
    agent.beginEpisode();
    agent.body.reset(pose);
    agent.body.drives.forEach((drive, i) => {
      drive!.apply(targets[i]!);
    });
    Object.assign(agent.command, { forward: 1, sideways, heading: turn, cadence: 1, phase });
    const out = new Float32Array(env.observationSize);
    agent.writeObservation(out, 0);
    return out;
  }

  it("sees what the mirror image of the observation says", () => {
    const random = new Random(3);
    const { joints } = mirrorOf(walkerBody);
    const uniform = (size: number) => Array.from({ length: 26 }, () => random.uniform(-size, size));
    const mirrored = (values: readonly number[]) =>
      values.map((_, i) => joints.signs[i]! * values[joints.sources[i]!]!);
    for (let trial = 0; trial < 5; trial++) {
      const [values, rates, targets] = [uniform(0.2), uniform(2), uniform(0.2)];
      const q = [0.1, random.uniform(-0.5, 0.5), -0.2, 1];
      const norm = Math.hypot(...q);
      const [x, y, z, w] = q.map((value) => value / norm) as [number, number, number, number];
      const [v, o] = [uniform(1), uniform(1)];
      const [phase, turn] = [random.uniform(), random.uniform(-1, 1)];
      const one = observationOf(
        {
          position: [0.3, 1, 0.5],
          rotation: [x, y, z, w],
          joints: values,
          jointVelocities: rates,
          linearVelocity: [v[0]!, v[1]!, v[2]!],
          angularVelocity: [o[0]!, o[1]!, o[2]!],
        },
        targets,
        0.4,
        turn,
        phase,
      );
      const other = observationOf(
        {
          position: [-0.3, 1, 0.5],
          rotation: [x, -y, -z, w],
          joints: mirrored(values),
          jointVelocities: mirrored(rates),
          linearVelocity: [-v[0]!, v[1]!, v[2]!],
          angularVelocity: [o[0]!, -o[1]!, -o[2]!],
        },
        mirrored(targets),
        -0.4,
        -turn,
        (phase + 0.5) % 1,
      );
      expectNear(
        Array.from(other),
        Array.from(one, (_, i) => observations.signs[i]! * one[observations.sources[i]!]!),
        1e-4,
      );
    }
  });

  it("acts as the mirror image of the action says", () => {
    const random = new Random(4);
    const action = Float32Array.from({ length: 26 }, () => random.uniform(-0.5, 0.5));
    const image = action.map((_, i) => actions.signs[i]! * action[actions.sources[i]!]!);
    const { joints } = mirrorOf(walkerBody);
    const targetsFor = (row: Float32Array) => {
      agent.receiveAction(row, 0);
      agent.requestAction();
      agent.act();
      return agent.body.drives.map((drive) => drive!.target);
    };
    const one = targetsFor(action);
    const other = targetsFor(image);
    expectNear(
      other,
      one.map((_, i) => joints.signs[i]! * one[joints.sources[i]!]!),
      1e-6,
    );
  });
});
