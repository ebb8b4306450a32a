import { createHeadlessScene, loadHavokAsync } from "../../env/headless.js";
import { createSceneEnv, describeScene } from "../../env/sceneEnv.js";
import { policyToOnnx } from "../../export/policyToOnnx.js";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { MlpPolicy } from "../../policy/mlpPolicy.js";
import { actionSize, maskSize, type Policy } from "../../policy/policy.js";
import { Random } from "../../random.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import { type BenchLine, compareAsync, type Plan } from "./compare.js";
import { untrainedNetwork } from "./untrainedNetwork.js";

export interface InferenceBench extends Plan {
  readonly scene: SceneDefinition;
  readonly config: PpoConfig;
  readonly batches: readonly number[];
  /** How often a block runs the policy. */
  readonly iterations: number;
}

/**
 * Microseconds of one `act` for a whole batch: the ONNX file in onnxruntime against the same network as an `MlpPolicy`,
 * which is what drives the agents in training.
 */
export async function* benchInference(bench: InferenceBench): AsyncGenerator<BenchLine> {
  const { scene, config, batches, iterations } = bench;
  const random = new Random(1);
  const env = createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), { agents: 1, seed: 1 });
  const network = untrainedNetwork(env, config, random);
  const metadata = { ...describeScene(scene, env), trainer: config.trainerType, seed: 1, steps: 0, score: null };
  env.dispose();
  const onnx = await OnnxPolicy.LoadAsync(policyToOnnx(network, { format: 1, ...metadata }));
  const mlp = new MlpPolicy(network);
  try {
    for (const batch of batches) {
      const { observationSize, actionSpec } = network;
      const observations = Float32Array.from({ length: batch * observationSize }, () => random.normal());
      const actions = new Float32Array(batch * actionSize(actionSpec));
      const options = maskSize(actionSpec);
      const masks = options > 0 ? new Float32Array(batch * options).fill(1) : undefined;
      const timeAsync = async (policy: Policy) => {
        const start = performance.now();
        for (let i = 0; i < iterations; i++) {
          const pending = policy.act(observations, actions, batch, masks);
          if (pending) await pending;
        }
        return ((performance.now() - start) * 1000) / iterations;
      };
      const name = `onnx-${scene.name}-b${batch}`;
      yield await compareAsync(
        name,
        "µs",
        bench,
        () => timeAsync(onnx),
        () => timeAsync(mlp),
      );
    }
  } finally {
    onnx.dispose();
  }
}
