import type { CharacterDefinition } from "../agent/characterAgent.js";
import type { HeightMap } from "../body/ground.js";
import { validateBody } from "../body/validate.js";
import { InputError } from "../inputError.js";
import type { RewardTerm, TaskDefinition } from "./task.js";

/** A character, what it should do, and how to train it: one definition for training, Studio and game. */
export interface SceneDefinition<Term extends string = string> {
  /** Lower case with hyphens; the name on the command line. */
  readonly name: string;
  /** One sentence for `legwork scenes`. */
  readonly summary: string;
  readonly character: CharacterDefinition;
  readonly task: TaskDefinition<Term>;
  /** The trainer configuration, a YAML file beside the scene. */
  readonly config: URL;
  /** Uneven ground. Default flat. */
  readonly ground?: HeightMap;
  /** m between neighbours along x; they never collide. Default 2. */
  readonly spacing?: number;
  /** Friction of the ground. Default 1. */
  readonly groundFriction?: number;
}

/**
 * Checks a scene and hands it on; the compiler sees to it that weights and reward terms have the same names.
 * @throws InputError with one sentence about what is wrong.
 */
export function defineScene<Term extends string>(scene: SceneDefinition<Term>): SceneDefinition {
  const fail = (what: string): never => {
    throw new InputError(`Scene "${scene.name}": ${what}.`);
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(scene.name)) fail("a name is made of lower-case words joined by hyphens");
  validateBody(scene.character.body);
  const { decisionPeriod } = scene.character;
  if (!Number.isInteger(decisionPeriod) || decisionPeriod < 1) {
    fail(`decisionPeriod is ${decisionPeriod}, allowed is a whole number from 1`);
  }
  if (!(scene.task.episodeSeconds > 0)) fail(`episodeSeconds is ${scene.task.episodeSeconds}, it must be positive`);
  for (const term of Object.keys(scene.task.rewards)) {
    if (!Number.isFinite(scene.task.weights[term as Term])) fail(`reward term "${term}" has no weight`);
  }
  return scene;
}

/**
 * The same scene with one more reward term, or another one under a name that it has already.
 * @throws InputError when the weight is not a number
 */
export function withReward(scene: SceneDefinition, name: string, weight: number, term: RewardTerm): SceneDefinition {
  const { task } = scene;
  return defineScene({
    ...scene,
    task: { ...task, rewards: { ...task.rewards, [name]: term }, weights: { ...task.weights, [name]: weight } },
  });
}
