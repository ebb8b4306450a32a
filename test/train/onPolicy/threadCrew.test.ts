import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { Random } from "../../../src/random.js";
import { configuredLayout } from "../../../src/train/onPolicy/layout.js";
import type { OnPolicyLearner } from "../../../src/train/onPolicy/learner.js";
import { ThreadCrew, type ThreadCrewOptions } from "../../../src/train/onPolicy/threadCrew.js";
import { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import type { CollectRequest, LearnRequest } from "../../../src/train/onPolicy/worker.js";
import { KernelLearner } from "../../../src/train/ppo/kernelLearner.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";
import { criticValues } from "../../support/critic.js";
import { delayedReward } from "../../support/envs/probes.js";
import { expectNear } from "../../support/near.js";
import { ppoConfig } from "../../support/ppoConfig.js";

const GAMMA = 0.8;
const MAX_STEPS = 2_000;
/** Iterations of 64 transitions that these take, each of 6 gradient steps. */
const ITERATIONS = 32;
const STEPS_PER_ITERATION = 6;

/** As in probes.test.ts. Normalised, so that statistics of several workers are merged. */
const config = ppoConfig({
  max_steps: MAX_STEPS,
  hyperparameters: {
    batch_size: 64,
    buffer_size: 64,
    learning_rate: 0.03,
    num_epoch: 6,
    beta: 0,
    epsilon_schedule: "constant",
  },
  network_settings: { hidden_units: 16, num_layers: 1 },
  reward_signals: { extrinsic: { gamma: GAMMA } },
  legwork: { activation: "tanh", normalize_returns: false },
});
const layout = configuredLayout(delayedReward, config);
const LIGHT_ENTRY = new URL("../../support/envWorker.ts", import.meta.url);
const REAL_ENTRY = new URL("../../../src/train/worker/nodeWorker.ts", import.meta.url);

interface Options extends Partial<Pick<ThreadCrewOptions, "workers" | "sharesMemory" | "silenceSeconds">> {
  readonly task?: "matchedReward" | "delayedReward";
  readonly fault?: "throw" | "refuse" | "exit" | "hang";
  /** Whether only one worker fails, once. */
  readonly once?: boolean;
  readonly entry?: URL;
  readonly seed?: number;
  readonly learner?: OnPolicyLearner;
  readonly Crew?: typeof ThreadCrew;
}

/** A trainer whose workers are threads, with 8 agents in all, and what it has said. */
function threadTrainer(options: Options = {}) {
  const { task = "matchedReward", fault, once = false, entry = LIGHT_ENTRY, seed = 2, Crew = ThreadCrew } = options;
  const { workers = 2, learner = null } = options;
  const module = new URL("../../support/envs/faultyEnv.ts", import.meta.url);
  module.searchParams.set("task", task);
  if (fault) module.searchParams.set("fault", fault);
  if (once) module.searchParams.set("marker", join(temporaryFolder(), "failed"));
  const said: string[] = [];
  const crew = new Crew({
    startThread: () => startNodeThread(entry),
    workers,
    env: { module: module.href, agents: 8 / workers, rewards: {}, parameters: {} },
    config,
    layout,
    say: (text) => said.push(text),
    ...(options.sharesMemory === undefined ? {} : { sharesMemory: options.sharesMemory }),
    ...(options.silenceSeconds === undefined ? {} : { silenceSeconds: options.silenceSeconds }),
  });
  const trainer = new OnPolicyTrainer({ crew, layout, config, random: new Random(seed), learner });
  onTestFinished(() => trainer.dispose());
  return { trainer, said };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "legwork-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function iterateAsync(trainer: OnPolicyTrainer, iterations: number) {
  await trainer.startAsync();
  const metrics: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < iterations; i++) metrics.push((await trainer.iterateAsync()).metrics);
  return { metrics, state: trainer.state, checkpoint: await trainer.checkpointAsync() };
}

/** Trains to the end and expects the better action in each of two states, and its value. */
async function expectMatchedAsync(trainer: OnPolicyTrainer) {
  await iterateAsync(trainer, ITERATIONS);
  expect(trainer.steps).toBe(ITERATIONS * 64);
  // However often an update had to begin anew, it has been made once.
  expect(trainer.state.adam.step).toBe(ITERATIONS * STEPS_PER_ITERATION);
  const policy = new MlpPolicy(await trainer.networkAsync());
  const probability = (observation: number) => {
    const [first, second] = policy.forward(Float32Array.of(observation), 1);
    return 1 / (1 + Math.exp(first! - second!));
  };
  expect(probability(1)).toBeGreaterThan(0.97);
  expect(probability(-1)).toBeLessThan(0.03);
  expectNear(criticValues(trainer, [[-1], [1]]), [1, 1], 0.01);
}

describe("two workers", () => {
  it("do the same for the same seed, by messages too, and something else for another", async () => {
    const [first, again, messages, other] = await Promise.all([
      iterateAsync(threadTrainer().trainer, 5),
      iterateAsync(threadTrainer().trainer, 5),
      iterateAsync(threadTrainer({ sharesMemory: false }).trainer, 5),
      iterateAsync(threadTrainer({ seed: 3 }).trainer, 5),
    ]);
    expect(again).toEqual(first);
    expect(messages).toEqual(first);
    expect(other.metrics[0]).not.toEqual(first!.metrics[0]);
  });

  it("learn what one learns", async () => {
    await expectMatchedAsync(threadTrainer().trainer);
    const { trainer } = threadTrainer({ task: "delayedReward", entry: REAL_ENTRY });
    await iterateAsync(trainer, ITERATIONS);
    expectNear(criticValues(trainer, [[0], [1]]), [GAMMA, 1], 0.01);
    // One row for each transition of a worker.
    expect((await trainer.recentObservationsAsync(1_000)).length).toBe(32);
  });

  it("collect for a learner elsewhere, and act by what it has learnt", async () => {
    const state = { parameters: new Float32Array(layout.size), adam: zeroAdam() };
    const learner = await KernelLearner.createAsync({
      layout,
      state,
      maxGradNorm: 0.5,
      maxRows: 64,
      random: new Random(1),
    });
    await expectMatchedAsync(threadTrainer({ learner }).trainer);
  });
});

/** Loses the second worker before it learns, while it learns, and while it collects. */
class DoomedCrew extends ThreadCrew {
  private updates = 0;

  override collectAsync(request: CollectRequest) {
    const collected = super.collectAsync(request);
    if (this.updates === 9) setTimeout(() => this.kill(1));
    return collected;
  }

  override learnAsync(request: LearnRequest) {
    const learned = super.learnAsync(request);
    this.updates++;
    if (this.updates === 3) this.kill(1);
    if (this.updates === 6) setTimeout(() => this.kill(1));
    return learned;
  }
}

describe("a worker that is lost", () => {
  const replaced = (reason: string) => `was lost (${reason}); its fragment is dropped and another worker replaces it.`;

  it.each([{ sharesMemory: true }, { sharesMemory: false }])("is replaced when it is killed: %j", async (options) => {
    const { trainer, said } = threadTrainer({ ...options, Crew: DoomedCrew });
    await expectMatchedAsync(trainer);
    expect(said).toEqual(new Array(3).fill(`Worker 2 of 2 ${replaced("it was killed")}`));
  });

  it.each([
    { fault: "throw", reason: "TypeError: the floor gave way" },
    { fault: "exit", reason: "it left with code 7" },
    // Longer than it takes to start on a busy machine.
    { fault: "hang", reason: "it has said nothing for 8 s" },
  ] as const)("is replaced when its environment fails once: $fault", async ({ fault, reason }) => {
    const { trainer, said } = threadTrainer({ fault, once: true, silenceSeconds: 8 });
    await expectMatchedAsync(trainer);
    expect(said.map((text) => text.replace(/^Worker [12] of 2 /, ""))).toEqual([replaced(reason)]);
  });

  it("ends the run when that goes on, and says why", async () => {
    const { trainer, said } = threadTrainer({ workers: 1, fault: "throw" });
    const error = await iterateAsync(trainer, ITERATIONS).catch((error: unknown) => error as Error);
    expect((error as Error).message).toBe(
      "Worker 1 of 1 was lost 4 times in a row, the last time because TypeError: the floor gave way.",
    );
    expect(((error as Error).cause as Error).stack).toContain("faultyEnv.ts");
    expect(said.length).toBe(3);
  });

  it("ends the run when it cannot even start", async () => {
    const { trainer, said } = threadTrainer({ workers: 1, entry: new URL("missing.ts", import.meta.url) });
    await expect(trainer.startAsync()).rejects.toThrow(/^Worker 1 of 1 was lost 4 times in a row, .*missing\.ts/);
    expect(said.length).toBe(3);
  });

  it("is not replaced for what the user has to change", async () => {
    const { trainer, said } = threadTrainer({ fault: "refuse" });
    const run = iterateAsync(trainer, ITERATIONS);
    await expect(run).rejects.toThrow(new InputError("There is no floor to walk on."));
    await expect(run).rejects.toThrow(InputError);
    expect(said).toEqual([]);
  });
});

function zeroAdam() {
  const zeros = () => new Float32Array(layout.size);
  return { step: 0, mean: zeros(), square: zeros() };
}
