import type { SceneEnvOptions } from "../env/sceneEnv.js";
import { resolveParameters, resolveRewards } from "../task/resolve.js";
import type { SceneDefinition } from "../task/scene.js";
import type { TrainerConfig } from "./config/trainerConfig.js";
import { firstLessons } from "./curriculum.js";

/** What a configuration says about the episodes of a run, as they are at its start. */
export function trainingEpisodes({
  environmentParameters,
  legwork,
}: TrainerConfig): Required<Pick<SceneEnvOptions, "rewards" | "parameters" | "sensors">> {
  return {
    rewards: legwork.rewards,
    parameters: firstLessons(environmentParameters),
    sensors: legwork.sensors,
  };
}

/**
 * Looks whether a scene can be trained as a configuration says.
 * @throws InputError for a reward term, an option of one or an environment parameter that the scene does not know
 */
export function checkEpisodes({ task, character }: SceneDefinition, config: TrainerConfig): void {
  const { rewards, parameters } = trainingEpisodes(config);
  resolveRewards(task, character.body, rewards);
  resolveParameters(task, parameters);
}
