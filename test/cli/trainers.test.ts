import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { legwork } from "../support/commandLine.js";

const OFF_POLICY = "{batch_size: 32, buffer_init_steps: 64, learning_rate: 0.001, steps_per_update: 4}";

/** Trainers, their hyperparameters for a short run, and what they log beside what all do. */
const TRAINERS: Readonly<Record<string, readonly [hyperparameters: string, ...tags: string[]]>> = {
  "ppo-kl": ["{batch_size: 64, buffer_size: 128}", "Losses/Policy Loss", "Policy/KL Coefficient"],
  trpo: ["{batch_size: 64, buffer_size: 128}", "Losses/Policy Loss", "Policy/Approximate KL"],
  tnpg: ["{batch_size: 64, buffer_size: 128}", "Losses/Policy Loss", "Policy/Approximate KL"],
  npg: ["{batch_size: 64, buffer_size: 128}", "Losses/Policy Loss", "Policy/Approximate KL"],
  a2c: ["{buffer_size: 64}", "Losses/Policy Loss", "Losses/Value Loss"],
  a3c: ["{buffer_size: 64}", "Losses/Policy Loss", "Losses/Value Loss"],
  "q-actor-critic": ["{buffer_size: 64}", "Losses/Policy Loss", "Losses/Value Loss"],
  reinforce: ["{buffer_size: 128}", "Losses/Policy Loss", "Losses/Value Loss"],
  sac: [OFF_POLICY, "Losses/Policy Loss", "Losses/Value Loss", "Policy/Entropy", "Policy/Entropy Coeff"],
  td3: [OFF_POLICY, "Losses/Policy Loss", "Losses/Value Loss"],
  ddpg: [OFF_POLICY, "Losses/Policy Loss", "Losses/Value Loss"],
  rwr: ["{population_size: 4}", "Search/Best Return"],
  reps: ["{population_size: 4}", "Search/Best Return"],
  cem: ["{population_size: 4}", "Search/Best Return"],
  "cma-es": ["{population_size: 4}", "Search/Best Return", "Search/Standard Deviation"],
};

/** One of each kind of checkpoint; that all of them go on from theirs is tested beside the trainers. */
const RESUMED = ["ppo-kl", "trpo", "sac", "cem"];

function configFile(folder: string, trainer: string, hyperparameters: string): string {
  const path = join(folder, `${trainer}.yaml`);
  writeFileSync(
    path,
    `
behaviors:
  Hopper:
    trainer_type: ${trainer}
    hyperparameters: ${hyperparameters}
    network_settings: {normalize: true, hidden_units: 16, num_layers: 2}
    max_steps: 256
    summary_freq: 64
    legwork: {num_workers: 1, num_agents: 4, activation: relu, evaluation_episodes: 2}
`,
  );
  return path;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "legwork-trainers-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe.each(Object.keys(TRAINERS))("--trainer %s", (trainer) => {
  it("trains, resumes and exports", { timeout: 60_000 }, async () => {
    const [hyperparameters, ...tags] = TRAINERS[trainer]!;
    const folder = temporaryFolder();
    const config = ["--config", configFile(folder, trainer, hyperparameters)];
    const run = [...config, "--results-dir", folder, "--run-id", "run", "--no-early-stop", "--json"];
    const first = await legwork("train", "hopper", ...run);
    expect(first.code).toBe(0);
    const metrics = () =>
      readFileSync(join(folder, "run/metrics.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    const { steps } = JSON.parse(first.stdout.trim().split("\n").at(-1)!);
    expect(steps).toBeGreaterThanOrEqual(256);
    expect(Object.keys(metrics().at(-1)!)).toEqual(expect.arrayContaining(tags));
    if (RESUMED.includes(trainer)) {
      const onward = await legwork("train", "hopper", ...run, "--resume", "--max-steps", String(steps + 64));
      expect(onward.code).toBe(0);
      expect(metrics().at(-1)!.step).toBeGreaterThanOrEqual(steps + 64);
    }
    const { stdout } = await legwork("inspect", join(folder, "run/policy.onnx"));
    expect(stdout).toMatch(new RegExp(`Training\\s+${trainer}, seed \\d+,`));
  });

  it("takes what it can from a scene's configuration for another trainer", async () => {
    const { code, stdout } = await legwork("train", "hopper", "--trainer", trainer, "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain(`trainer_type: ${trainer}`);
    expect(stdout).toContain("activation:");
  });
});

describe("a trainer that cannot", () => {
  it.each([
    ["trpo", "{}", "webgpu", "TRPO learns on --backend wasm; webgpu is not offered."],
    ["q-actor-critic", "{}", "cpu", "q-actor-critic learns on --backend wasm; cpu is not offered."],
    ["a3c", "{}", "webgpu", "A3C learns on --backend wasm; webgpu is not offered."],
    ["td3", OFF_POLICY, "cpu", "TD3 learns on --backend wasm; cpu is not offered."],
    ["cem", "{}", "wasm", "cem computes nothing on --backend wasm; leave it out, or write auto or cpu."],
  ])("says why: %s", async (trainer, hyperparameters, backend, sentence) => {
    const folder = temporaryFolder();
    const config = ["--config", configFile(folder, trainer, hyperparameters)];
    const run = ["train", "hopper", ...config, "--results-dir", folder, "--backend", backend];
    const { code, stderr } = await legwork(...run);
    expect({ code, stderr: stderr.trim() }).toEqual({ code: 2, stderr: sentence });
  });

  it.each([
    ["sac", "{batch_size: 64, buffer_size: 32}", "buffer_size is 32, must be at least batch_size (32 < 64)"],
    ["sac", "{init_entcoef: 0}", "init_entcoef is 0, must be a number above 0"],
    ["ppo-kl", "{kl_target: -1}", "kl_target is -1, must be a number above 0"],
    ["reps", "{kl_target: 0}", "kl_target is 0, must be a number above 0"],
    ["cem", "{population_size: 1}", "population_size is 1, must be an integer of at least 2"],
    ["cma-es", "{population_size: 1}", "population_size is 1, must be an integer of at least 2, or null"],
  ])("is told from a wrong setting before anything is trained: %s %s", async (trainer, hyperparameters, sentence) => {
    const folder = temporaryFolder();
    const config = configFile(folder, trainer, hyperparameters);
    const { code, stderr } = await legwork("train", "hopper", "--config", config, "--results-dir", folder);
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 2,
      stderr: `${config}: behaviors.Hopper.hyperparameters.${sentence}`,
    });
  });
});
