import { degreeOfFreedomNames } from "../../body/spec.js";
import { runEpisodesAsync } from "../../env/evaluate.js";
import { createPolicyEnvAsync } from "../../env/policyEnv.js";
import type { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { GaitRecorder, type GaitRecording } from "../../task/gait/recording.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { TaskAgent } from "../../task/taskAgent.js";

export interface RecordOptions {
  readonly episodes: number;
  readonly seed: number;
  /** Length of an episode, s. */
  readonly seconds: number;
  /** Environment parameters that differ from the model's own. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/**
 * Lets a policy live some episodes, without exploration, and writes down how it moves.
 * @throws InputError when the model does not fit the scene
 */
export async function recordGaitAsync(
  scene: SceneDefinition,
  policy: OnnxPolicy,
  { episodes, seed, seconds, parameters }: RecordOptions,
): Promise<GaitRecording[]> {
  const env = await createPolicyEnvAsync(scene, policy, {
    agents: episodes,
    seed,
    episodeSeconds: seconds,
    ...(parameters ? { parameters } : {}),
  });
  try {
    const joints = degreeOfFreedomNames(scene.character.body);
    const recorders = env.academy
      .agentsOf(scene.character.behavior)
      .map((agent) => new GaitRecorder(agent as TaskAgent, joints));
    await runEpisodesAsync(env, policy);
    return recorders.map((recorder) => recorder.recording());
  } finally {
    env.dispose();
  }
}
