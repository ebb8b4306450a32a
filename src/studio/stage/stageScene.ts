import { EnvironmentParameters } from "../../agent/environmentParameters.js";
import type { HeightMap } from "../../body/ground.js";
import type { BodySpec } from "../../body/spec.js";
import { bodyExtent } from "../../cli/play/bodyExtent.js";
import type { SceneDefinition } from "../../task/scene.js";
import { terrainOf } from "../../task/terrain.js";
import type { LoadRequest } from "./protocol.js";
import type { StageSettings } from "./stageState.js";

/** What the stage's grounds are in terms of `TERRAIN_PARAMETERS`; the walkers of the cast manage these, if barely. */
const GROUNDS = {
  slope: { "ground-slope": 0.06 },
  steps: { "ground-step": 0.04 },
} as const;

/** The scene on another ground; `flat` is the scene's own. */
export function onGround(scene: SceneDefinition, ground: StageSettings["ground"]): SceneDefinition {
  const height = ground === "flat" ? null : terrainOf(new EnvironmentParameters(GROUNDS[ground]));
  return height ? { ...scene, ground: height } : scene;
}

/** The scene without its rewards, which nobody adds up on the stage. */
export function withoutRewards(scene: SceneDefinition): SceneDefinition {
  const { scaledBy: _, ...task } = scene.task;
  return { ...scene, task: { ...task, rewards: {}, weights: {} } };
}

/** The scene as a run trains it: with that run's environment parameters and sensors. */
export function asTrained(
  scene: SceneDefinition,
  { parameters, sensors }: Pick<LoadRequest, "parameters" | "sensors">,
): SceneDefinition {
  const { character, task } = scene;
  const see = character.sensors;
  return {
    ...scene,
    task: { ...task, parameters: { ...task.parameters, ...parameters } },
    character: {
      ...character,
      sensors: (body, command) => see(body, command).filter(({ name }) => sensors === null || sensors.includes(name)),
    },
  };
}

/** Heights of the scene's ground; null where it is flat. */
export function groundOf({ ground, task }: SceneDefinition): HeightMap | null {
  return ground ?? terrainOf(new EnvironmentParameters(task.parameters));
}

/** From one character of a `Crowd` to the next, m. */
export function spacingOf(body: BodySpec): number {
  return 1.2 * bodyExtent(body)[0] + 0.5;
}
