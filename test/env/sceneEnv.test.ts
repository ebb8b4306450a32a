import { describe, expect, it, onTestFinished } from "vitest";
import type { AgentEnv } from "../../src/env/agentEnv.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv, describeScene, type SceneEnvOptions } from "../../src/env/sceneEnv.js";
import { InputError } from "../../src/inputError.js";
import { actionSize } from "../../src/policy/policy.js";
import { Random } from "../../src/random.js";
import type { SceneDefinition } from "../../src/task/scene.js";
import type { TaskState } from "../../src/task/task.js";
import { havok } from "../support/headlessWorld.js";
import { crawlerScene } from "../support/scene.js";

const NOISE = { jointValues: 0.1, jointRates: 0.2, lean: 0.05, yaw: 0.3, velocity: 0.1 };
/** Episodes of different lengths: some fall on their side, none lasts more than half a second. */
const scene = crawlerScene({ startNoise: NOISE, fallen: ({ body }: TaskState) => body.positions[1]! < 0.55 });

function makeEnv(definition: SceneDefinition, options: Partial<SceneEnvOptions> = {}): AgentEnv {
  const env = createSceneEnv(definition, createHeadlessScene(), havok, { agents: 4, seed: 1, ...options });
  onTestFinished(() => env.dispose());
  env.reset();
  return env;
}

/** Everything that steps show, for actions that do not depend on it. */
function play(env: AgentEnv, steps: number, seed = 9): number[][] {
  const random = new Random(seed);
  const actions = new Float32Array(env.count * actionSize(env.actionSpec));
  const rows: number[][] = [[...env.observations]];
  for (let i = 0; i < steps; i++) {
    actions.forEach((_, k) => {
      actions[k] = random.uniform(-1.2, 1.2);
    });
    env.step(actions);
    rows.push([...env.observations, ...env.rewards, ...env.terminated, ...env.truncated]);
  }
  return rows;
}

describe("createSceneEnv", () => {
  it("gives the same numbers for the same seed, to the last bit, and others for another", () => {
    const first = makeEnv(scene);
    const rows = play(first, 200);
    const ends = first.drainEpisodes();
    expect(ends.length).toBeGreaterThan(20);
    expect(new Set(ends.map(({ end }) => end))).toEqual(new Set(["terminated", "truncated"]));
    expect(rows.flat().every(Number.isFinite)).toBe(true);

    const second = makeEnv(scene);
    expect(play(second, 200)).toEqual(rows);
    expect(second.drainEpisodes()).toEqual(ends);
    const other = play(makeEnv(scene, { seed: 2 }), 5);
    expect(other[0]).not.toEqual(rows[0]);
  });

  it("goes on to other episodes after reset, the same for the same seed", () => {
    const again = () => {
      const env = makeEnv(scene);
      play(env, 10);
      env.reset();
      return play(env, 30);
    };
    const rows = again();
    expect(again()).toEqual(rows);
    expect(rows[0]).not.toEqual([...makeEnv(scene).observations]);
  });

  it("does not let an agent feel what the others do, to the last bit", () => {
    const env = makeEnv(scene, { agents: 5 });
    const other = makeEnv(scene, { agents: 5 });
    const alone = makeEnv(scene, { agents: 1 });
    const width = actionSize(env.actionSpec);
    const own = new Random(3);
    const foreign = new Random(4);
    const actions = [env, other, alone].map(({ count }) => new Float32Array(count * width));
    let ends = 0;
    for (let i = 0; i < 80; i++) {
      for (const row of actions) row.set(row.map(() => foreign.uniform(-1, 1)));
      for (let k = 0; k < width; k++) {
        const action = own.uniform(-1, 1);
        for (const row of actions) row[k] = action;
      }
      for (const [k, each] of [env, other, alone].entries()) each.step(actions[k]!);
      const seen = [env, other, alone].map((each) => [
        ...each.observations.subarray(0, each.observationSize),
        ...[each.rewards[0], each.terminated[0], each.truncated[0]],
      ]);
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      ends += env.terminated[0]! + env.truncated[0]!;
    }
    expect(ends).toBeGreaterThan(3);
    // The others did live other lives.
    const lives = (each: AgentEnv) => each.drainEpisodes().filter(({ agent }) => agent > 0);
    expect(lives(env)).not.toEqual(lives(other));
  });

  it("measures forward speed and gait when an episode ends", () => {
    const env = makeEnv(scene, { gait: true });
    play(env, 60);
    const episodes = env.drainEpisodes();
    for (const { measures, terms } of episodes) {
      expect(Object.keys(measures)).toEqual(["forwardSpeed", "touchdownsPerSecond", "dutyFactor", "flightFraction"]);
      expect(Object.values(measures).every(Number.isFinite)).toBe(true);
      for (const share of [measures.dutyFactor!, measures.flightFraction!]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(Object.keys(terms)).toEqual(["forward", "alive", "effort"]);
    }
    expect(episodes.some(({ measures }) => measures.touchdownsPerSecond! > 0)).toBe(true);
    const plain = makeEnv(scene);
    play(plain, 60);
    expect(plain.drainEpisodes().map(({ measures }) => measures)).toEqual(
      episodes.map(({ measures: { forwardSpeed } }) => ({ forwardSpeed })),
    );
  });

  it("sums each term over an episode and the return over all", () => {
    const env = makeEnv(scene);
    play(env, 60);
    for (const { terms, length, return: sum } of env.drainEpisodes()) {
      expect(terms.alive).toBeCloseTo(0.5 * length, 9);
      expect(terms.effort).toBeLessThan(0);
      expect(terms.forward! + terms.alive! + terms.effort!).toBeCloseTo(sum, 9);
    }
  });

  it("takes weights, parameters and the length of episodes from its options", () => {
    const windy = crawlerScene({
      rewards: { ...scene.task.rewards, alive: ({ parameters }: TaskState) => parameters.getWithDefault("wind", 9) },
    });
    const env = makeEnv(windy, {
      rewards: { forward: 0, effort: 0, alive: 2 },
      parameters: { wind: 3 },
      episodeSeconds: 0.1,
    });
    env.step(new Float32Array(4 * 7));
    expect([...env.rewards]).toEqual([6, 6, 6, 6]);
    for (let i = 0; i < 3; i++) env.step(new Float32Array(4 * 7));
    expect([...env.truncated]).toEqual([1, 1, 1, 1]);
    expect(env.drainEpisodes()[0]).toMatchObject({ length: 4, return: 24, terms: { alive: 24 } });
  });

  it("refuses a bad number of agents, unknown weights and parameters", () => {
    for (const agents of [0, -1, 1.5, Number.NaN]) {
      expect(() => makeEnv(scene, { agents })).toThrow(
        new InputError(`The number of agents is ${agents}, allowed is a whole number from 1.`),
      );
    }
    expect(() => makeEnv(scene, { rewards: { fast: 1 } })).toThrow('There is no reward term "fast"');
    expect(() => makeEnv(scene, { parameters: { rain: 1 } })).toThrow('Environment parameter "rain" is unknown');
  });

  it("leaves nothing in the engine's memory when it is disposed of", () => {
    /** The highest address that the engine gives to one of many new shapes, once the holes are filled. */
    const highest = () => {
      const shapes = Array.from({ length: 300 }, () => havok.HP_Shape_CreateSphere([0, 0, 0], 1)[1]);
      for (const shape of shapes) havok.HP_Shape_Release(shape);
      return Math.max(...shapes.map(([address]) => Number(address)));
    };
    const once = () => {
      const env = createSceneEnv(scene, createHeadlessScene(), havok, { agents: 6, seed: 1 });
      env.reset();
      play(env, 1);
      env.dispose();
      return highest();
    };
    once();
    const before = Math.max(once(), once());
    // A leaked environment of this size takes some 100 kB.
    for (let i = 0; i < 6; i++) expect(once() - before).toBeLessThan(10_000);
  });
});

describe("describeScene", () => {
  it("says what a model needs to know", () => {
    const env = makeEnv(scene);
    expect(describeScene(scene, env)).toMatchObject({
      scene: "menagerie",
      behavior: "Menagerie",
      bodyHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      observations: [
        { name: "root", size: 7 },
        { name: "joints", size: 14 },
      ],
      actions: ["hip.x", "hip.y", "hip.z", "knee", "shoulder.x", "shoulder.y", "tail"],
      physicsDt: 1 / 120,
      controlDt: 0.025,
    });
  });
});
