import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { controlDt } from "../../src/agent/characterAgent.js";
import { findSceneAsync } from "../../src/cli/sceneRegistry.js";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import { createPolicyEnvAsync } from "../../src/env/policyEnv.js";
import { OnnxPolicy } from "../../src/inference/index.js";

const models = new URL("../../models/", import.meta.url);
const names = readdirSync(models).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -5)] : []));
const read = (file: string) => readFileSync(new URL(file, models));

/** Of the hundred of the card, which would take minutes. */
const EPISODES = 8;
const SECONDS = 6;

describe.each(names)("models/%s.onnx", (name) => {
  const card = JSON.parse(read(`${name}.json`).toString("utf8"));

  it("fits its scene, is what its card describes, and stands as its card says", { timeout: 60_000 }, async () => {
    const policy = await OnnxPolicy.LoadAsync(new Uint8Array(read(`${name}.onnx`)));
    expect(policy.metadata).toMatchObject({ scene: card.scene, steps: card.training.steps, seed: card.training.seed });
    expect(statSync(new URL(`${name}.onnx`, models)).size).toBeLessThan(2_000_000);
    const { scene } = await findSceneAsync(card.scene);
    const env = await createPolicyEnvAsync(scene, policy, { agents: EPISODES, seed: 7, episodeSeconds: SECONDS });
    const { survivedFraction, falls } = summarizeEpisodes(
      await runEpisodesAsync(env, policy),
      controlDt(scene.character),
    );
    env.dispose();
    // Not all of the card's episodes survive; more than one fall too many is not what it promises.
    if (card.evaluation.survivedFraction >= 0.9) expect(falls).toBeLessThanOrEqual(1);
    else expect(survivedFraction).toBeGreaterThan(0);
  });
});
