import { onTestFinished } from "vitest";
import { degreeOfFreedomNames, jointLimits, type LimitSpec, type Quat } from "../../src/body/spec.js";
import { axisAngle, conjugate, multiply } from "../../src/body/vector.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import type { SceneDefinition } from "../../src/task/scene.js";
import type { TaskAgent } from "../../src/task/taskAgent.js";
import { havok } from "./headlessWorld.js";

/** A scene's environment, its first agent, and that agent's observation by block. */
export function makeScene(scene: SceneDefinition, agents = 1, parameters: Readonly<Record<string, number>> = {}) {
  const env = createSceneEnv(scene, createHeadlessScene(), havok, { agents, seed: 1, parameters });
  onTestFinished(() => env.dispose());
  env.reset();
  const everybody = env.academy.agentsOf(scene.character.behavior) as readonly TaskAgent[];
  const agent = everybody[0]!;
  const observe = (): Record<string, number[]> => {
    const row = new Float32Array(agent.observationSize);
    agent.writeObservation(row, 0);
    let at = 0;
    return Object.fromEntries(
      env.observationBlocks.map(({ name, size }) => {
        at += size;
        return [name, Array.from(row.subarray(at - size, at))];
      }),
    );
  };
  return { env, agent, agents: everybody, observe };
}

/** A joint as the prefab has it: limits in degrees, frames as x y z w. */
export interface PrefabJoint {
  readonly x: readonly [number, number];
  readonly y?: number;
  readonly z?: number;
  readonly frameInPart: Quat;
  readonly frameInParent: Quat;
}

const DEGREES = Math.PI / 180;
export const S = Math.SQRT1_2;

/** Unity's target angles for actions in [−1, 1], rad; 0 where the joint has no such angle. */
export function prefabAngles({ x, y = 0, z = 0 }: PrefabJoint, actions: readonly number[]): [number, number, number] {
  const lerp = (low: number, high: number, action = 0) => (low + ((action + 1) / 2) * (high - low)) * DEGREES;
  return [lerp(x[0], x[1], actions[0]), lerp(-y, y, actions[1]), lerp(-z, z, actions[2])];
}

/** The rotation of the part against the connected one: frameInParent · (qY·qX·qZ)⁻¹ · frameInPart⁻¹. */
export function prefabRotation(joint: PrefabJoint, [x, y, z]: readonly [number, number, number]): Quat {
  const q = multiply(multiply(axisAngle([0, 1, 0], y), axisAngle([1, 0, 0], x)), axisAngle([0, 0, 1], z));
  return multiply(multiply(joint.frameInParent, conjugate(q)), conjugate(joint.frameInPart));
}

/** The angle of the rotation between two, rad. */
export function angleBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return 2 * Math.acos(Math.min(1, Math.abs([0, 1, 2, 3].reduce((sum, i) => sum + a[i]! * b[i]!, 0))));
}

/** Puts the body to where its drives are told to go. */
export function placeAtTargets({ body }: TaskAgent): void {
  body.reset({ position: [0, 5, 0], rotation: [0, 0, 0, 1], joints: body.drives.map((drive) => drive!.target) });
}

/** Every limit of a body, in whole degrees. */
export function limitsInDegrees(scene: SceneDefinition): number[][] {
  return jointLimits(scene.character.body).map((limit: LimitSpec | null) =>
    limit!.map((angle) => Math.round(angle / DEGREES) + 0),
  );
}

export interface StepResponse {
  /** Seconds until 90 % of the way. */
  readonly rise: number;
  /** The farthest, as a share of the way. */
  readonly peak: number;
  /** After two seconds, as a share of the way. */
  readonly final: number;
}

/** How a joint value goes to a target from zero while all others are held at zero, in free fall. */
export function stepResponse({ body }: TaskAgent, value: string, target: number): StepResponse {
  const i = degreeOfFreedomNames(body.spec).indexOf(value);
  body.reset({ position: [0, 50, 0], rotation: [0, 0, 0, 1], joints: body.drives.map(() => 0) });
  body.drives[i]!.apply(target);
  const { physicsDt } = body.world.clock;
  let [rise, peak] = [Number.POSITIVE_INFINITY, 0];
  for (let step = 1; step <= 2 / physicsDt; step++) {
    body.world.step();
    body.readState();
    const share = body.jointValues[i]! / target;
    if (share > 0.9) rise = Math.min(rise, step * physicsDt);
    peak = Math.max(peak, share);
  }
  return { rise, peak, final: body.jointValues[i]! / target };
}
