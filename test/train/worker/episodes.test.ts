import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import scene from "../../../scenes/hopper/index.js";
import { runEpisodesAsync } from "../../../src/env/evaluate.js";
import { createHeadlessScene, loadHavokAsync } from "../../../src/env/headless.js";
import { createSceneEnv } from "../../../src/env/sceneEnv.js";
import { OnnxPolicy } from "../../../src/inference/index.js";
import { Random } from "../../../src/random.js";
import { loadTrainerConfig, type PpoConfig } from "../../../src/train/config/trainerConfig.js";
import { configuredLayout, initialState } from "../../../src/train/onPolicy/layout.js";
import { ThreadCrew } from "../../../src/train/onPolicy/threadCrew.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";

const model = new Uint8Array(readFileSync(new URL("../../../models/hopper.onnx", import.meta.url)));
const config = loadTrainerConfig(readFileSync(scene.config, "utf8"), "hopper") as PpoConfig;
const layout = configuredLayout({ observationSize: 11, actionSpec: { continuous: 3, discrete: [] } }, config);
const SEED = 7;

async function startCrewAsync(workers: number) {
  const said: string[] = [];
  const crew = new ThreadCrew({
    startThread: () => startNodeThread(new URL("../../../src/train/worker/nodeWorker.ts", import.meta.url)),
    workers,
    env: {
      module: new URL("../../../scenes/hopper/index.ts", import.meta.url).href,
      agents: 2,
      rewards: {},
      parameters: {},
    },
    config,
    layout,
    say: (text) => said.push(text),
  });
  onTestFinished(() => crew.dispose());
  await crew.startAsync(new Random(1), initialState(layout, 1, new Random(1)));
  return { crew, said };
}

/** The same episodes in this thread, in one world. */
async function runHereAsync(agents: number) {
  const env = createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), { agents, seed: SEED, gait: true });
  const policy = await OnnxPolicy.LoadAsync(model);
  const records = await runEpisodesAsync(env, policy);
  env.dispose();
  policy.dispose();
  return records;
}

/** Without who lived the episode: each worker counts its own agents. */
const lives = (records: Awaited<ReturnType<typeof runHereAsync>>) => records.map(({ agent: _, ...life }) => life);

describe("episodes of a model in a crew", () => {
  it("are those of one world, whoever runs them, and the training goes on", async () => {
    const { crew, said } = await startCrewAsync(2);
    const collected = await crew.collectAsync({ normalizer: null });
    const records = await crew.runEpisodesAsync(model, SEED, 0, 5);
    expect(lives(records)).toEqual(lives(await runHereAsync(5)));
    expect(records.every(({ measures }) => measures.flightFraction! > 0.1)).toBe(true);
    expect(lives(await crew.runEpisodesAsync(model, SEED, 3, 1))).toEqual(lives(records).slice(3, 4));
    // The fragment is still there.
    const fragments = await crew.fragmentsAsync(null);
    expect(fragments.map(({ batch }) => batch.size)).toEqual(collected.map(({ rows }) => rows));
    expect(said).toEqual([]);
  });

  it("are run again where a worker is lost over them", async () => {
    const { crew, said } = await startCrewAsync(2);
    const running = crew.runEpisodesAsync(model, SEED, 0, 3);
    setTimeout(() => crew.kill(1), 300);
    expect(lives(await running)).toEqual(lives(await runHereAsync(3)));
    expect(said).toHaveLength(1);
  });
});
