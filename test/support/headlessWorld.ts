import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { onTestFinished } from "vitest";
import { ArticulatedBody, type ArticulatedBodyOptions } from "../../src/body/articulatedBody.js";
import { addGround } from "../../src/body/ground.js";
import type { BodySpec, Vec3 } from "../../src/body/spec.js";
import { PhysicsWorld } from "../../src/body/world.js";
import { createHeadlessScene, loadHavokAsync } from "../../src/env/headless.js";

/** The engine, loaded once per test file. */
export const havok: HavokPhysicsWithBindings = await loadHavokAsync();

export interface HeadlessWorldOptions {
  /** s, default 1/240 */
  readonly physicsDt?: number;
  readonly microsteps?: 4 | 8;
  /** m/s², default Earth's; `[0, 0, 0]` where a test wants one torque and nothing else. */
  readonly gravity?: Vec3;
  /** Friction of a ground at height 0. Default no ground. */
  readonly ground?: number;
  /** Default the one that is loaded above. */
  readonly engine?: HavokPhysicsWithBindings;
}

export const WEIGHTLESS: Vec3 = [0, 0, 0];

/** A world of its own for one test; its engine goes when the test is over. */
export function createWorld(options: HeadlessWorldOptions = {}): PhysicsWorld {
  const scene = createHeadlessScene();
  onTestFinished(() => scene.getEngine().dispose());
  const clock = { physicsDt: options.physicsDt ?? 1 / 240, microsteps: options.microsteps ?? 4 } as const;
  const world = new PhysicsWorld(scene, options.engine ?? havok, clock, options.gravity);
  if (options.ground !== undefined) addGround(world, options.ground);
  return world;
}

export function createBody(
  spec: BodySpec,
  worldOptions: HeadlessWorldOptions = {},
  options: ArticulatedBodyOptions = {},
): { world: PhysicsWorld; body: ArticulatedBody } {
  const world = createWorld(worldOptions);
  return { world, body: new ArticulatedBody(world, spec, options) };
}

/** Makes so many physics steps, then reads the body. */
export function run(world: PhysicsWorld, body: ArticulatedBody, steps: number): void {
  for (let i = 0; i < steps; i++) world.step();
  body.readState();
}

/** Everything that a body shows, in one array; equal arrays are equal states to the last bit. */
export function snapshot(body: ArticulatedBody): number[] {
  return [
    ...body.positions,
    ...body.rotations,
    ...body.linearVelocities,
    ...body.angularVelocities,
    ...body.jointValues,
    ...body.jointRates,
    ...body.contacts,
    ...body.contactForces,
  ];
}
