import { checkModel, checkModelScene, sensorsOf } from "../inference/compatibility.js";
import type { OnnxPolicy } from "../inference/onnxPolicy.js";
import type { SceneDefinition } from "../task/scene.js";
import type { AgentEnv } from "./agentEnv.js";
import { createHeadlessScene, loadHavokAsync } from "./headless.js";
import { createSceneEnv, describeScene, type SceneEnvOptions } from "./sceneEnv.js";

/**
 * A scene's agents as a model knows them: with its sensors, and with the environment parameters it was trained for unless
 * others are given.
 * @throws InputError when the model does not fit the scene
 */
export async function createPolicyEnvAsync(
  scene: SceneDefinition,
  policy: OnnxPolicy,
  options: Omit<SceneEnvOptions, "sensors" | "rewards">,
): Promise<AgentEnv> {
  checkModelScene(policy, scene.name);
  const env = createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), {
    ...options,
    parameters: { ...policy.metadata?.parameters, ...options.parameters },
    sensors: sensorsOf(policy),
  });
  try {
    checkModel(policy, { ...describeScene(scene, env), actionSpec: env.actionSpec });
  } catch (error) {
    env.dispose();
    throw error;
  }
  return env;
}
