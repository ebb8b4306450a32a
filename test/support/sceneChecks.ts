import { readFileSync } from "node:fs";
import { expect, onTestFinished } from "vitest";
import { shapeCenter } from "../../src/body/massProperties.js";
import { forwardKinematics } from "../../src/body/pose.js";
import { type BodySpec, degreeOfFreedomNames, jointLimits, type Vec3 } from "../../src/body/spec.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import type { SceneDefinition } from "../../src/task/scene.js";
import { loadTrainerConfig } from "../../src/train/config/trainerConfig.js";
import { havok } from "./headlessWorld.js";

const AGENTS = 4;
const STEPS = 80;

/** Total, kg; without a part that belongs to the world. */
export function massOf(body: BodySpec, without = ""): number {
  return body.parts.reduce((sum, { name, mass }) => (name === without ? sum : sum + mass), 0);
}

/** Limits by the names of joint values, in whole degrees. */
export function limitsInDegrees(body: BodySpec): Readonly<Record<string, readonly number[] | null>> {
  const limits = jointLimits(body).map((limit) => limit?.map((angle) => Math.round((angle * 180) / Math.PI)) ?? null);
  return Object.fromEntries(degreeOfFreedomNames(body).map((name, i) => [name, limits[i]!]));
}

/** Where the centre of each part is, with these joint values and else as the body is drawn. */
export function placed(body: BodySpec, values: Readonly<Record<string, number>> = {}): Readonly<Record<string, Vec3>> {
  const joints = degreeOfFreedomNames(body).map((name) => values[name] ?? 0);
  const states = forwardKinematics(body, {
    position: shapeCenter(body.parts[0]!.shape),
    rotation: [0, 0, 0, 1],
    joints,
  });
  return Object.fromEntries(body.parts.map(({ name }, i) => [name, states[i]!.position]));
}

/** A few agents of a scene, begun. */
export function beginScene(scene: SceneDefinition, agents = AGENTS) {
  const env = createSceneEnv(scene, createHeadlessScene(), havok, { agents, seed: 1 });
  onTestFinished(() => env.dispose());
  env.reset();
  return env;
}

/** Its configuration is of its behaviour, its sizes are these, and random actions keep everything finite. */
export function expectSound(scene: SceneDefinition, sizes: { observations: number; actions: readonly string[] }): void {
  const config = loadTrainerConfig(readFileSync(scene.config, "utf8"), scene.name, scene.character.behavior);
  expect(config.behavior).toBe(scene.character.behavior);
  const env = beginScene(scene);
  expect([env.observationSize, env.actionNames]).toEqual([sizes.observations, sizes.actions]);
  const random = new Random(1);
  const actions = new Float32Array(AGENTS * sizes.actions.length);
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < actions.length; i++) actions[i] = random.uniform(-1, 1);
    env.step(actions);
    expect(env.observations.every(Number.isFinite) && env.rewards.every(Number.isFinite)).toBe(true);
  }
}
