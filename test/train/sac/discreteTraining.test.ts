import { describe, expect, it, onTestFinished } from "vitest";
import { runEpisodesAsync } from "../../../src/env/evaluate.js";
import { policyToOnnx } from "../../../src/export/policyToOnnx.js";
import { OnnxPolicy } from "../../../src/inference/index.js";
import type { Backend } from "../../../src/nn/backend.js";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import type { ActionSpec } from "../../../src/policy/policy.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../../src/train/checkpoint.js";
import { loadTrainerConfig } from "../../../src/train/config/trainerConfig.js";
import { createTrainerAsync } from "../../../src/train/createTrainer.js";
import type { OffPolicyTrainer } from "../../../src/train/offPolicy/trainer.js";
import type { ParallelConfig } from "../../../src/train/parallelism.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";
import { metadataFor, randomMasks, randomObservations } from "../../policy/randomNetwork.js";
import { identityDiscrete } from "../../support/envs/identity.js";
import { delayedReward, matchedReward, STEADY_STEPS, steadyReward } from "../../support/envs/probes.js";
import { SimpleEnv, type SimpleTask } from "../../support/envs/simpleEnv.js";
import { expectNear } from "../../support/near.js";
import { type OffPolicyTrainerOptions, startOffPolicyTrainerAsync } from "../../support/offPolicyTrainer.js";

const GAMMA = 0.8;
const AGENTS = 4;
const QUICK = { batch_size: 32, learning_rate: 3e-3, buffer_init_steps: 100, init_entcoef: 0.1 };

const OPTIONS = 4;
/** Options that a state of {@link forbidding} does not have. */
const isForbidden = (state: number, option: number) => option === state || option === (state + 1) % OPTIONS;

/**
 * The observation forbids two of four options, and the better one of the others, whose number is larger by 2, gives 1. What
 * is forbidden would give 100, were it taken, and is noted.
 */
function forbidding(taken: number[]): SimpleTask {
  const identity = identityDiscrete(OPTIONS);
  return {
    ...identity,
    step: (state, action, random) => {
      const [wanted, option] = [state[0]!, action[0]!];
      if (isForbidden(wanted, option)) taken.push(option);
      identity.step(state, action, random);
      const reward = isForbidden(wanted, option) ? 100 : option === (wanted + 2) % OPTIONS ? 1 : 0;
      return { reward, terminated: false };
    },
    mask: ([state], out) => {
      for (let option = 0; option < OPTIONS; option++) out[option] = isForbidden(state!, option) ? 0 : 1;
    },
  };
}

function startAsync(task: SimpleTask, options: Omit<Partial<OffPolicyTrainerOptions>, "env"> = {}) {
  return startOffPolicyTrainerAsync({
    env: new SimpleEnv(task, AGENTS, options.seed ?? 1),
    gamma: GAMMA,
    hyperparameters: QUICK,
    network: { hidden_units: 32 },
    ...options,
  });
}

async function trainAsync(trainer: OffPolicyTrainer, steps: number): Promise<void> {
  while (trainer.steps < steps) await trainer.iterateAsync();
}

/** Q of both options by the first critic, for each observation. */
async function optionValuesAsync(trainer: OffPolicyTrainer, observations: readonly (readonly number[])[]) {
  const { tensors } = await trainer.checkpointAsync();
  const layers = [0, 1, 2].map((i) => {
    const { shape, data } = tensors[`critics.0.${i}.weight`]!;
    const bias = tensors[`critics.0.${i}.bias`]!.data as Float32Array;
    return { inputs: shape[0]!, outputs: shape[1]!, weights: data as Float32Array, bias };
  });
  const network = { ...(await trainer.networkAsync()), layers };
  const values = [...new MlpPolicy(network).forward(Float32Array.from(observations.flat()), observations.length)];
  return observations.map((_, i) => values.slice(2 * i, 2 * i + 2) as [number, number]);
}

async function meanReturnAsync(trainer: OffPolicyTrainer, task: SimpleTask): Promise<number> {
  const policy = new MlpPolicy(await trainer.networkAsync());
  const episodes = await runEpisodesAsync(new SimpleEnv(task, 20, 3), policy);
  return episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
}

describe("SAC on discrete actions", () => {
  it.each([
    { name: "one branch of 4", task: identityDiscrete(4) },
    { name: "two branches of 4", task: identityDiscrete(4, 2) },
  ])("repeats what it sees in Stable-Baselines3's identity environment: $name", async ({ task }) => {
    const trainer = await startAsync(task);
    await trainAsync(trainer, 1_000);
    expect(await meanReturnAsync(trainer, task)).toBeGreaterThan(90);
    trainer.dispose();
  });

  it("finds the better action in each of two states, and what both are worth", async () => {
    const trainer = await startAsync(matchedReward);
    await trainAsync(trainer, 1_000);
    const [low, high] = await optionValuesAsync(trainer, [[-1], [1]]);
    expectNear([...low!, ...high!], [1, -1, -1, 1], 0.1);
    const policy = new MlpPolicy(await trainer.networkAsync());
    const [a, b, c, d] = policy.forward(Float32Array.of(-1, 1), 2);
    expect(a! - b!).toBeGreaterThan(2);
    expect(d! - c!).toBeGreaterThan(2);
    trainer.dispose();
  });

  it("discounts a delayed reward, over one step and over two", async () => {
    for (const n_step of [1, 2]) {
      const trainer = await startAsync(delayedReward, {
        // Without a reward for being random.
        hyperparameters: { ...QUICK, init_entcoef: 1e-5 },
        legwork: { n_step },
      });
      await trainAsync(trainer, 1_000);
      const [first, second] = await optionValuesAsync(trainer, [[0], [1]]);
      expectNear([...first!, ...second!], [GAMMA, GAMMA, 1, 1], 0.05);
      trainer.dispose();
    }
  });

  it("looks beyond the end of an episode that was only cut", async () => {
    const trainer = await startAsync(steadyReward("truncated"), {
      hyperparameters: { ...QUICK, init_entcoef: 1e-5, tau: 0.05 },
    });
    await trainAsync(trainer, 2_000);
    const steps = Array.from({ length: STEADY_STEPS }, (_, step) =>
      Array.from({ length: STEADY_STEPS }, (_, i) => (i === step ? 1 : 0)),
    );
    const values = await optionValuesAsync(trainer, steps);
    const forever = 1 / (1 - GAMMA);
    expectNear(
      values.map((pair) => (pair[0] + pair[1]) / 2),
      [GAMMA * forever, forever, forever, forever],
      0.2,
    );
    trainer.dispose();
  });

  it("never takes an option that is forbidden, at random or by its policy, and learns the best of the others", async () => {
    const taken: number[] = [];
    const task = forbidding(taken);
    const trainer = await startAsync(task);
    await trainAsync(trainer, 1_000);
    expect(await meanReturnAsync(trainer, task)).toBeGreaterThan(90);
    expect(taken).toEqual([]);
    trainer.dispose();
  });

  it("goes on from a checkpoint, and starts others from its networks", async () => {
    const task = identityDiscrete(3, 2);
    const options = { network: { normalize: true, hidden_units: 8 } };
    const trainer = await startAsync(task, options);
    await trainAsync(trainer, 160);
    const checkpoint = decodeCheckpoint(encodeCheckpoint(await trainer.checkpointAsync()), "memory");
    const resumed = await startAsync(task, { ...options, seed: 5 });
    resumed.restore(checkpoint);
    expect(resumed.steps).toBe(160);
    expect(await resumed.networkAsync()).toEqual(await trainer.networkAsync());
    expect(await resumed.checkpointAsync()).toEqual(await trainer.checkpointAsync());
    await resumed.iterateAsync();
    const other = await startAsync(task, { ...options, seed: 6 });
    other.initializeFrom(checkpoint);
    expect(other.steps).toBe(0);
    expect(await other.networkAsync()).toEqual(await trainer.networkAsync());
  });

  it("does the same for the same seed, and something else for another", async () => {
    const networks = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const trainer = await startAsync(identityDiscrete(3), { seed });
        await trainAsync(trainer, 200);
        return trainer.networkAsync();
      }),
    );
    expect(networks[1]).toEqual(networks[0]);
    expect(networks[2]).not.toEqual(networks[0]);
  });

  it("exports a policy of choices that takes masks", async () => {
    const trainer = await startAsync(identityDiscrete(3, 2), { network: { normalize: true } });
    await trainAsync(trainer, 300);
    const network = await trainer.networkAsync();
    expect(network).toMatchObject({ actionSpec: { continuous: 0, discrete: [3, 3] }, squash: "clip" });
    const policy = await OnnxPolicy.LoadAsync(policyToOnnx(network, metadataFor(network)), { deterministic: true });
    const [observations, masks] = [randomObservations(network, 50, 1), randomMasks(network, 50, 2)];
    const [wanted, got] = [new Float32Array(100), new Float32Array(100)];
    new MlpPolicy(network).act(observations, wanted, 50, masks);
    await policy.act(observations, got, 50, masks);
    expect(got).toEqual(wanted);
    policy.dispose();
    trainer.dispose();
  });
});

describe("off-policy trainers by their names", () => {
  const task = (actionSpec: ActionSpec): SimpleTask => ({ ...matchedReward, actionSpec });
  const discrete = task({ continuous: 0, discrete: [2] });
  const mixed = task({ continuous: 1, discrete: [2] });

  async function createAsync(trainer_type: string, asked: SimpleTask, backend: "auto" | Backend = "auto") {
    const legwork = { num_workers: 1, num_agents: 2, activation: "relu" };
    const behaviors = { Test: { trainer_type, hyperparameters: { batch_size: 64 }, legwork, max_steps: 1_000 } };
    const created = await createTrainerAsync({
      config: loadTrainerConfig(JSON.stringify({ behaviors }), "test") as ParallelConfig,
      seed: 1,
      backend,
      env: new SimpleEnv(asked, 1, 1),
      workerEnv: {
        module: new URL("../../support/envs/faultyEnv.ts?task=matchedReward", import.meta.url).href,
        agents: 2,
        rewards: {},
        parameters: {},
      },
      startThread: () => startNodeThread(new URL("../../support/envWorker.ts", import.meta.url)),
      gpuProblem: null,
      say: () => {},
    });
    onTestFinished(() => created.trainer.dispose());
    return created;
  }

  it("refuse actions that they cannot learn", async () => {
    for (const name of ["td3", "ddpg"]) {
      const sentence = `${name.toUpperCase()} needs continuous actions, and this scene has discrete ones.`;
      await expect(createAsync(name, discrete)).rejects.toThrow(sentence);
      await expect(createAsync(name, mixed)).rejects.toThrow(sentence);
    }
    await expect(createAsync("sac", mixed)).rejects.toThrow(
      "SAC needs actions that are all continuous or all discrete, and this scene has both.",
    );
  });

  it("refuse backends on which they do not learn such actions", async () => {
    for (const backend of ["webgpu", "cpu"] as const) {
      await expect(createAsync("sac", discrete, backend)).rejects.toThrow(
        `SAC of discrete actions learns on --backend wasm; ${backend} is not offered.`,
      );
    }
  });

  it("learn discrete actions with threads that explore", async () => {
    const { trainer, backend } = await createAsync("sac", discrete);
    expect(backend).toBe("wasm");
    await trainer.startAsync();
    let metrics: Readonly<Record<string, number>> = {};
    while (trainer.steps < 300) ({ metrics } = await trainer.iterateAsync());
    expect(metrics["Policy/Entropy Coeff"]).toBeLessThan(1);
    expect((await trainer.networkAsync()).actionSpec).toEqual({ continuous: 0, discrete: [2] });
  });
});
