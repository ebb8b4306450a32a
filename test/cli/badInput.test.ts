import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hopper } from "../../scenes/hopper/character.js";
import { hashBody } from "../../src/body/hash.js";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { randomNetwork } from "../policy/randomNetwork.js";
import { legwork } from "../support/commandLine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exit code 2, nothing on stdout, one line on stderr without a stack trace, which matches. */
async function expectRefused(args: string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await legwork(...args);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toBe("");
  expect(code).toBe(2);
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const train = (...args: string[]) => ["train", "hopper", "--results-dir", join(folder, "results"), ...args];
const config = (body: string) => file("config.yaml", `behaviors:\n  Hopper:\n${body}`);

describe("bad input on the command line", () => {
  it.each([
    [["walk"], /unknown command 'walk'/],
    [[], /Name a command/],
    [["train"], /missing required argument 'scene'/],
    [["train", "hoper"], /There is no scene "hoper"; the scenes are hopper/],
    [["train", "hopper", "--sed", "3"], /unknown option '--sed'.*--seed/],
    [["train", "hopper", "--seed", "three"], /--seed.*three.*whole number/],
    [["train", "hopper", "--max-steps", "0"], /--max-steps.*0.*whole number from 1/],
    [["train", "hopper", "--num-agents", "0"], /--num-agents.*whole number from 1/],
    [["train", "hopper", "--backend", "cuda"], /--backend.*cuda.*auto, webgpu, wasm, cpu/],
    [["train", "hopper", "--trainer", "dqn"], /--trainer is "dqn", must be one of: ppo/],
    [["train", "hopper", "--run-id", "../x"], /--run-id is "\.\.\/x"/],
    [["train", "hopper", "--resume", "--force"], /exclude each other/],
    [["train", "./nowhere.ts"], /There is no scene module .*nowhere\.ts/],
    [["eval", "hopper"], /required option '--policy <file>'/],
    [["eval", "hopper", "--policy", "none.onnx"], /Cannot read the model none\.onnx: there is no such file/],
    [["eval", "hopper", "--policy", "x", "--set", "speed"], /--set.*name=value/],
    [["eval", "hopper", "--policy", "x", "--seconds", "-1"], /--seconds.*above 0/],
    [["inspect", "."], /it is a folder/],
    [["check", "nobody"], /There is no scene "nobody"/],
    [["bench", "everything"], /everything/],
  ] as [string[], RegExp][])("legwork %j", expectRefused);
});

describe("bad trainer configurations", () => {
  it.each([
    ["    trainer_type: ppo\n    hyperparametrs: {}\n", /hyperparametrs.*no such key.*hyperparameters/],
    ["    hyperparameters: {batch_size: many}\n", /hyperparameters\.batch_size is "many", must be an integer/],
    ["    hyperparameters: {lambd: 1.5}\n", /lambd is 1\.5, must be a number above 0 and at most 1/],
    ["    self_play: {window: 3}\n", /self_play.*known to ML-Agents but not supported here/],
    [
      "    legwork: {rewards: {speed: 2}}\n",
      /There is no reward term "speed".*the task has lean, control, and the library/,
    ],
    ["   - [\n", /config\.yaml/],
  ])("%j", async (body, message) => {
    await expectRefused(train("--config", config(body)), message);
    expect(existsSync(join(folder, "results"))).toBe(false);
  });

  it("a parameter that the task does not read", async () => {
    const path = file("parameters.yaml", "behaviors:\n  Hopper: {}\nenvironment_parameters: {wind: 3}\n");
    await expectRefused(train("--config", path), /Environment parameter "wind" is unknown/);
  });

  it("a file that is no YAML mapping, and one that is missing", async () => {
    await expectRefused(train("--config", file("text.yaml", "just words")), /text\.yaml/);
    await expectRefused(train("--config", join(folder, "none.yaml")), /Cannot read the trainer configuration/);
  });
});

describe("bad models", () => {
  const metadata = {
    format: 1,
    scene: "hopper",
    behavior: "Hopper",
    bodyHash: hashBody(hopper.body),
    observations: [
      { name: "root", size: 2 },
      { name: "joint-values", size: 3 },
      { name: "root-velocity", size: 3 },
      { name: "joint-rates", size: 3 },
    ],
    actions: ["thigh", "leg", "foot"],
    physicsDt: hopper.clock.physicsDt,
    controlDt: hopper.clock.physicsDt * hopper.decisionPeriod,
    trainer: "ppo",
    seed: 1,
    steps: 0,
    score: null,
  } as const;
  const network = randomNetwork({ observationSize: 11, actionSpec: { continuous: 3, discrete: [] }, seed: 1 });
  const evaluate = (bytes: Uint8Array | string) => [
    "eval",
    "hopper",
    "--episodes",
    "1",
    "--policy",
    file("model.onnx", bytes),
  ];

  it("the right one is taken", async () => {
    const { code, stdout } = await legwork(...evaluate(policyToOnnx(network, metadata)), "--seconds", "0.2", "--json");
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      "scene",
      "policy",
      "episodes",
      "seed",
      "return",
      "episodeSeconds",
      "survivedFraction",
      "forwardSpeed",
      "falls",
      "gait",
    ]); // prettier-ignore
  });

  it("text, a truncated file, one for another body, clock or size", async () => {
    const good = policyToOnnx(network, metadata);
    await expectRefused(evaluate("this is not a model"), /model\.onnx.*not/i);
    await expectRefused(evaluate(good.subarray(0, good.length / 2)), /model\.onnx/);
    await expectRefused(evaluate(policyToOnnx(network, { ...metadata, bodyHash: "0123456789abcdef" })), /body/);
    await expectRefused(evaluate(policyToOnnx(network, { ...metadata, controlDt: 0.5 })), /0\.5/);
    const small = randomNetwork({ observationSize: 4, actionSpec: { continuous: 3, discrete: [] }, seed: 1 });
    const observations = [{ name: "root", size: 4 }];
    await expectRefused(evaluate(policyToOnnx(small, { ...metadata, observations })), /4/);
  });
});

describe("results folders", () => {
  it("an earlier run is neither overwritten nor changed, and only runs are replaced or resumed", async () => {
    const path = join(folder, "results", "hopper");
    const args = train(
      "--max-steps",
      "300",
      "--num-agents",
      "4",
      "--config",
      config(
        "    hyperparameters: {batch_size: 64, buffer_size: 128}\n    network_settings: {hidden_units: 8}\n    legwork: {evaluation_episodes: 2}\n",
      ),
    ); // prettier-ignore
    expect((await legwork(...args)).code).toBe(0);
    const snapshot = () =>
      readdirSync(path).map((name) => [name, name.includes(".") && readFileSync(join(path, name)).length]);
    const before = snapshot();
    await expectRefused(args, /exists already; use --resume to go on, --force to replace it, or another --run-id/);
    await expectRefused([...args, "--run-id", "other", "--resume"], /no checkpoint to resume/);
    await expectRefused([...args, "--run-id", "other", "--initialize-from", "nothing"], /nothing to initialize from/);
    await expectRefused(
      [...args, "--resume", "--config", config("    network_settings: {hidden_units: 9}\n")],
      /checkpoint is of another network: "actor\.0\.weight" is \[11, 8\], here it must be \[11, 9\]/,
    );
    expect(snapshot()).toEqual(before);
    expect(existsSync(join(folder, "results", "other"))).toBe(false);
    const foreign = join(folder, "results");
    await expectRefused(
      ["train", "hopper", "--results-dir", folder, "--run-id", "results", "--force"],
      /not a run of Legwork/,
    );
    expect(existsSync(foreign)).toBe(true);
  });
});
