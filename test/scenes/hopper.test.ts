import { describe, expect, it, onTestFinished } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import { controlDt } from "../../src/agent/characterAgent.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import { havok } from "../support/headlessWorld.js";

const AGENTS = 8;

function makeEnv(seed: number) {
  const env = createSceneEnv(hopper, createHeadlessScene(), havok, { agents: AGENTS, seed, gait: true });
  onTestFinished(() => env.dispose());
  env.reset();
  return env;
}

describe("the hopper scene", () => {
  it("has Gymnasium's eleven observations and three torques", () => {
    const env = makeEnv(1);
    expect([env.observationSize, env.actionSpec]).toEqual([11, { continuous: 3, discrete: [] }]);
    expect(env.observationBlocks).toEqual([
      { name: "root", size: 2 },
      { name: "joint-values", size: 3 },
      { name: "root-velocity", size: 3 },
      { name: "joint-rates", size: 3 },
    ]);
    expect(env.actionNames).toEqual(["thigh", "leg", "foot"]);
  });

  it("stays finite, in its plane and in its joints' ranges under 500 random actions", () => {
    const env = makeEnv(1);
    const random = new Random(2);
    const actions = new Float32Array(AGENTS * 3);
    let finite = true;
    let fastest = 0;
    const folds: number[] = [];
    for (let step = 0; step < 500; step++) {
      actions.forEach((_, i) => {
        actions[i] = random.uniform(-1, 1);
      });
      env.step(actions);
      finite &&= env.observations.every(Number.isFinite) && env.rewards.every(Number.isFinite);
      for (let row = 0; row < AGENTS; row++) {
        const seen = env.observations.subarray(row * 11, row * 11 + 11);
        folds.push(seen[2]!, seen[3]!);
        for (const rate of seen.subarray(8)) fastest = Math.max(fastest, Math.abs(rate));
      }
    }
    expect(finite).toBe(true);
    expect(fastest).toBeLessThanOrEqual(10);
    // Thigh and leg fold from −2.618 to 0 rad; an engine's limit gives way a little under an impact.
    expect(Math.min(...folds)).toBeGreaterThan(-2.9);
    expect(Math.max(...folds)).toBeLessThan(0.15);
    const episodes = env.drainEpisodes();
    expect(episodes.length).toBeGreaterThan(AGENTS);
    for (const { measures, length } of episodes) {
      expect(Math.abs(measures.forwardSpeed!)).toBeLessThan(10);
      expect(length * controlDt(hopper.character)).toBeLessThanOrEqual(hopper.task.episodeSeconds + 1e-6);
    }
  });

  it("falls within about a second when it does nothing, from every start", () => {
    const env = makeEnv(3);
    const idle = new Float32Array(AGENTS * 3);
    const ended = new Set<number>();
    for (let seconds = 0; seconds < 1.5; seconds += controlDt(hopper.character)) {
      env.step(idle);
      for (const { agent, end } of env.drainEpisodes()) {
        expect(end).toBe("terminated");
        ended.add(agent);
      }
    }
    expect(ended.size).toBe(AGENTS);
  });

  it("starts on the ground, with nothing kicked by a joint limit or by the ground", () => {
    const env = makeEnv(4);
    const noise = hopper.task.startNoise!;
    const before = env.observations.slice();
    env.step(new Float32Array(AGENTS * 3));
    const dt = controlDt(hopper.character);
    for (let row = 0; row < AGENTS; row++) {
      const rates = (of: Float32Array) => of.subarray(row * 11 + 5, row * 11 + 11);
      expect(Math.max(...rates(before).subarray(0, 2).map(Math.abs))).toBeLessThanOrEqual((noise.velocity ?? 0) + 1e-6);
      expect(Math.abs(before[row * 11]! - 1.18)).toBeLessThan(0.1);
      // Falling freely it would gain g·dt; a kick would show as more.
      expect(Math.abs(rates(env.observations)[1]! - rates(before)[1]!)).toBeLessThan(9.81 * dt + 0.25);
    }
  });
});
