import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { OnnxPolicy, readModelMetadata } from "../../src/inference/index.js";
import { decodeModel } from "../../src/inference/readOnnx.js";
import { InputError } from "../../src/inputError.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { ACTIVATIONS, type PolicyNetwork } from "../../src/policy/network.js";
import { actionSize } from "../../src/policy/policy.js";
import { metadataFor, randomMasks, randomNetwork, randomObservations } from "../policy/randomNetwork.js";
import { expectNear } from "../support/near.js";

function exported(network: PolicyNetwork, deterministic = true): Promise<OnnxPolicy> {
  return OnnxPolicy.LoadAsync(policyToOnnx(network, metadataFor(network)), { deterministic });
}

const kinds = {
  continuous: { continuous: 3, discrete: [] },
  discrete: { continuous: 0, discrete: [4, 1, 3] },
  hybrid: { continuous: 2, discrete: [5] },
};

describe("the exported policy acts as the network does", () => {
  const count = 1000;
  for (const activation of ACTIVATIONS) {
    for (const squash of ["clip", "tanh"] as const) {
      for (const [kind, actionSpec] of Object.entries(kinds)) {
        it(`${activation}, ${squash}, ${kind}`, async () => {
          const network = randomNetwork({ actionSpec, activation, squash, seed: 7 });
          const observations = randomObservations(network, count, 8);
          const masks = actionSpec.discrete.length > 0 ? randomMasks(network, count, 9) : undefined;
          const wanted = new Float32Array(count * actionSize(actionSpec));
          const got = new Float32Array(wanted.length);
          new MlpPolicy(network).act(observations, wanted, count, masks);
          const policy = await exported(network);
          await policy.act(observations, got, count, masks);
          policy.dispose();
          expectNear(got, wanted, 1e-5);
          expect(new Set(wanted).size).toBeGreaterThan(1);
        });
      }
    }
  }

  it("with deviations that depend on the state, beside discrete actions too", async () => {
    const stdRange = [-5, 2] as const;
    for (const actionSpec of [kinds.continuous, kinds.hybrid]) {
      const network = randomNetwork({ actionSpec, squash: "tanh", stdRange, seed: 7 });
      const observations = randomObservations(network, 50, 8);
      const [wanted, got] = [0, 1].map(() => new Float32Array(50 * actionSize(actionSpec))) as [
        Float32Array,
        Float32Array,
      ];
      new MlpPolicy(network).act(observations, wanted, 50);
      const policy = await exported(network);
      await policy.act(observations, got, 50);
      policy.dispose();
      expectNear(got, wanted, 1e-5);
    }
  });

  it("for any batch size, without normaliser and hidden layers too", async () => {
    const actionSpec = { continuous: 2, discrete: [] };
    const network = randomNetwork({ actionSpec, hidden: [], normalize: false, squash: "tanh", seed: 3 });
    const policy = await exported(network);
    for (const count of [1, 7, 64, 7]) {
      const observations = randomObservations(network, count, count);
      const wanted = new Float32Array(count * 2);
      const got = new Float32Array(count * 2);
      new MlpPolicy(network).act(observations, wanted, count);
      await policy.act(observations, got, count);
      expectNear(got, wanted, 1e-5);
    }
    policy.dispose();
  });
});

it("hand-worked numbers", async () => {
  // (1, 3) → normalised (1, 1) → sums (1, -0.5) → elu (1, e^-0.5 - 1) → 0.5 + 2·(-0.3934693) + 0.125 = -0.1619387
  // (1, 9) → normalised (1, 2), the clip → sums (1.25, 0) → 0.625 + 0.125
  const policy = await exported({
    observationSize: 2,
    actionSpec: { continuous: 1, discrete: [] },
    activation: "elu",
    normalizer: { mean: Float32Array.of(0, 1), std: Float32Array.of(1, 2), clip: 2 },
    layers: [
      { inputs: 2, outputs: 2, weights: Float32Array.of(0.5, -1, 0.25, 0.5), bias: Float32Array.of(0.25, 0) },
      { inputs: 2, outputs: 1, weights: Float32Array.of(0.5, 2), bias: Float32Array.of(0.125) },
    ],
    squash: "clip",
    logStd: Float32Array.of(0),
  });
  const actions = new Float32Array(2);
  await policy.act(Float32Array.of(1, 3, 1, 9), actions, 2);
  policy.dispose();
  expectNear(actions, [-0.1619387, 0.75], 1e-6);
});

describe("sampled actions", () => {
  const count = 20_000;

  /** 0.5 and 0.125: as numbers of their own, and as what the head says between 2⁻⁵ and 1. */
  const log2 = (...powers: number[]) => Float32Array.from(powers, (power) => power * Math.LN2);
  const stdRange = [-5 * Math.LN2, 0] as const;
  const head = [-1, -3].map((power) => Math.atanh((2 * (power + 5)) / 5 - 1));

  it.each([
    { deviations: "their own", logStd: log2(-1, -3), more: [] },
    { deviations: "the state's", logStd: log2(), more: head, stdRange },
  ])("are normal around the mean, then squashed: deviations are $deviations", async ({ logStd, more, ...range }) => {
    const spec = { actionSpec: { continuous: 2, discrete: [] }, hidden: [], squash: "tanh" as const, seed: 2 };
    const network = randomNetwork({ ...spec, ...range });
    const bias = Float32Array.of(0.25, -0.5, ...more);
    const layers = [{ ...network.layers[0]!, weights: new Float32Array(11 * bias.length), bias }];
    const policy = await exported({ ...network, layers, logStd }, false);
    const actions = new Float32Array(count * 2);
    await policy.act(new Float32Array(count * 11), actions, count);
    policy.dispose();
    [0.5, 0.125].forEach((wantedStd, column) => {
      const values = Array.from({ length: count }, (_, row) => Math.atanh(actions[row * 2 + column]!));
      const mean = values.reduce((sum, x) => sum + x, 0) / count;
      const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
      // six standard errors, since onnxruntime seeds itself
      expect(Math.abs(mean - bias[column]!)).toBeLessThan((6 * wantedStd) / Math.sqrt(count));
      expect(Math.abs(std - wantedStd)).toBeLessThan((6 * wantedStd) / Math.sqrt(2 * count));
    });
  });

  it("are drawn from softmax(logits) of each branch, never a forbidden option", async () => {
    const actionSpec = { continuous: 0, discrete: [3, 2] };
    const network = randomNetwork({ actionSpec, hidden: [], seed: 2 });
    const bias = Float32Array.of(0, Math.log(3), 5, Math.log(4), 0); // odds 1 : 3 : (forbidden), and 4 : 1
    const layers = [{ ...network.layers[0]!, weights: new Float32Array(55), bias }];
    const policy = await exported({ ...network, layers }, false);
    const actions = new Float32Array(count * 2);
    const masks = Float32Array.from({ length: count * 5 }, (_, i) => (i % 5 === 2 ? 0 : 1));
    await policy.act(new Float32Array(count * 11), actions, count, masks);
    policy.dispose();
    const frequency = (branch: number, option: number) =>
      actions.filter((action, i) => i % 2 === branch && action === option).length / count;
    const tolerance = 6 * Math.sqrt((0.75 * 0.25) / count);
    expect(frequency(0, 2)).toBe(0);
    expect(Math.abs(frequency(0, 1) - 0.75)).toBeLessThan(tolerance);
    expect(Math.abs(frequency(1, 0) - 0.8)).toBeLessThan(tolerance);
  });
});

describe("the file", () => {
  const network = randomNetwork({ actionSpec: kinds.hybrid, seed: 1 });
  const bytes = policyToOnnx(network, metadataFor(network));

  it("has the inputs and outputs of the ML-Agents 3.0 contract", () => {
    const model = decodeModel(bytes);
    expect([model.producerName, model.irVersion, model.opset]).toEqual(["legwork", 8, 15]);
    const [float, int64] = [1, 7];
    expect(model.graph.inputs).toEqual([
      { name: "obs_0", elementType: float, shape: ["batch", 11] },
      { name: "action_masks", elementType: float, shape: ["batch", 5] },
    ]);
    expect(model.graph.outputs).toEqual([
      { name: "version_number", elementType: float, shape: [1] },
      { name: "memory_size", elementType: float, shape: [1] },
      { name: "continuous_actions", elementType: float, shape: ["batch", 2] },
      { name: "continuous_action_output_shape", elementType: float, shape: [1] },
      { name: "deterministic_continuous_actions", elementType: float, shape: ["batch", 2] },
      { name: "discrete_actions", elementType: int64, shape: ["batch", 1] },
      { name: "discrete_action_output_shape", elementType: float, shape: [1, 1] },
      { name: "deterministic_discrete_actions", elementType: int64, shape: ["batch", 1] },
    ]);
  });

  it("has no masks without discrete actions", () => {
    const continuous = randomNetwork({ actionSpec: kinds.continuous, seed: 1 });
    const { inputs } = decodeModel(policyToOnnx(continuous, metadataFor(continuous))).graph;
    expect(inputs.map(({ name }) => name)).toEqual(["obs_0"]);
  });

  it("carries the metadata", () => {
    expect(readModelMetadata(bytes)).toEqual(metadataFor(network));
  });

  const python = findPythonWithOnnx();
  for (const [kind, actionSpec] of Object.entries(kinds)) {
    it.skipIf(python === null)(`passes onnx.checker: ${kind} (skipped where Python has no onnx package)`, () => {
      const checked = randomNetwork({ actionSpec, activation: "swish", seed: 1 });
      const script = `import onnx, sys
model = onnx.load_model_from_string(sys.stdin.buffer.read())
onnx.checker.check_model(model, full_check=True)
print(model.producer_name, model.opset_import[0].version, {p.key for p in model.metadata_props})`;
      const input = policyToOnnx(checked, metadataFor(checked));
      const output = execFileSync(python!, ["-c", script], { input, encoding: "utf8" });
      expect(output).toBe("legwork 15 {'legwork'}\n");
    });
  }
});

describe("input errors", () => {
  const network = randomNetwork({ actionSpec: kinds.continuous, seed: 1 });
  const metadata = metadataFor(network);
  it("metadata with other observations", () => {
    const observations = [{ name: "joints", size: 4 }];
    expect(() => policyToOnnx(network, { ...metadata, observations })).toThrow(
      new InputError("The metadata describes 4 observations, but the network takes 11."),
    );
  });
  it("metadata with other actions", () => {
    expect(() => policyToOnnx(network, { ...metadata, actions: ["hip"] })).toThrow(
      new InputError("The metadata names 1 actions, but the network gives 3."),
    );
  });
  it("a network whose sizes do not fit", () => {
    expect(() => policyToOnnx({ ...network, logStd: new Float32Array(1) }, metadata)).toThrow(
      new InputError("The network's logStd has 1 values, but 3 are needed."),
    );
  });
});

function findPythonWithOnnx(): string | null {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      execFileSync(python, ["-c", "import onnx"], { stdio: "ignore" });
      return python;
    } catch {}
  }
  return null;
}
