import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { createHeadlessScene, loadHavokAsync } from "../../../src/env/headless.js";
import { createSceneEnv } from "../../../src/env/sceneEnv.js";
import { Random } from "../../../src/random.js";
import { loadTrainerConfig, type PpoConfig } from "../../../src/train/config/trainerConfig.js";
import { InlineCrew } from "../../../src/train/onPolicy/crew.js";
import { onPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";

const UPDATES = 500;
const WARM_UP = 100;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

it(`training takes no more memory after ${UPDATES} updates than after ${WARM_UP}`, async () => {
  const settings = loadTrainerConfig(readFileSync(hopper.config, "utf8"), "hopper", "Hopper") as PpoConfig;
  const config = {
    ...settings,
    hyperparameters: { ...settings.hyperparameters, bufferSize: 64, batchSize: 32, numEpoch: 1 },
  } as PpoConfig;
  const havok = await loadHavokAsync();
  const env = createSceneEnv(hopper, createHeadlessScene(), havok, { agents: 4, seed: 1 });
  const { observationSize, actionSpec } = env;
  const layout = onPolicyLayout({ observationSize, actionSpec, activation: "tanh", hidden: [64, 64] });
  const crew = new InlineCrew({ env, config, layout });
  const trainer = new OnPolicyTrainer({ crew, layout, config, random: new Random(1) });
  await trainer.startAsync();
  const measure = async () => {
    // What buffers held is freed in the background, after the collection that finds them.
    for (let i = 0; i < 3; i++) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { heapUsed, arrayBuffers, havok: havok.HEAPU8.length };
  };
  for (let i = 0; i < WARM_UP; i++) await trainer.iterateAsync();
  const before = await measure();
  for (let i = WARM_UP; i < UPDATES; i++) await trainer.iterateAsync();
  const after = await measure();
  expect(after.havok).toBe(before.havok);
  // One kept array of parameters per update, 40 kB each, would come to 16 MB.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(500_000);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(1_000_000);
  trainer.dispose();
}, 60_000);
