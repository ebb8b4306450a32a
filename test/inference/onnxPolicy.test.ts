import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/export/graphBuilder.js";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { encodeModel } from "../../src/export/writeOnnx.js";
import { checkModel, OnnxPolicy } from "../../src/inference/index.js";
import { ElementType, type OnnxValueInfo } from "../../src/inference/onnxFormat.js";
import { InputError } from "../../src/inputError.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { metadataFor, randomMasks, randomNetwork, randomObservations } from "../policy/randomNetwork.js";
import { expectNear } from "../support/near.js";

const hybrid = randomNetwork({ actionSpec: { continuous: 2, discrete: [3] }, seed: 1 });
const hybridBytes = policyToOnnx(hybrid, metadataFor(hybrid));

describe("a model with metadata", () => {
  it("describes itself and passes the check against its agent", async () => {
    const policy = await OnnxPolicy.LoadAsync(hybridBytes, { name: "hopper.onnx" });
    const { observationSize, actionSpec, metadata, deterministic, name } = policy;
    policy.dispose();
    expect({ observationSize, actionSpec, deterministic, name }).toEqual({
      observationSize: 11,
      actionSpec: hybrid.actionSpec,
      deterministic: true,
      name: "hopper.onnx",
    });
    expect(metadata).toEqual(metadataFor(hybrid));
    checkModel(policy, { ...metadataFor(hybrid), actionSpec: hybrid.actionSpec });
    expect(() => checkModel(policy, { ...metadataFor(hybrid), actionSpec, bodyHash: "x" })).toThrow(InputError);
  });

  it("loads from an ArrayBuffer, and from bytes that lie inside a larger buffer", async () => {
    const larger = new Uint8Array(hybridBytes.length + 10);
    larger.set(hybridBytes, 5);
    for (const source of [larger.slice(5, -5).buffer, larger.subarray(5, -5)]) {
      const policy = await OnnxPolicy.LoadAsync(source);
      expect(policy.observationSize).toBe(11);
      policy.dispose();
    }
  });

  it("keeps batches apart when several policies act at the same time", async () => {
    const continuous = randomNetwork({ actionSpec: { continuous: 3, discrete: [] }, seed: 2 });
    const policies = await Promise.all([
      OnnxPolicy.LoadAsync(hybridBytes),
      OnnxPolicy.LoadAsync(policyToOnnx(continuous, metadataFor(continuous))),
    ]);
    const calls = Array.from({ length: 24 }, (_, call) => {
      const [network, policy] = call % 3 === 0 ? [continuous, policies[1]] : [hybrid, policies[0]];
      const count = 1 + (call % 4);
      const observations = randomObservations(network, count, call);
      const masks = network === hybrid ? randomMasks(network, count, call) : undefined;
      const wanted = new Float32Array(count * 3);
      new MlpPolicy(network).act(observations, wanted, count, masks);
      const got = new Float32Array(count * 3);
      return { wanted, got, done: policy.act(observations, got, count, masks) };
    });
    for (const { wanted, got, done } of calls) {
      await done;
      expectNear(got, wanted, 1e-5);
    }
    for (const policy of policies) policy.dispose();
  });

  it("goes on after a call that failed", async () => {
    const policy = await OnnxPolicy.LoadAsync(hybridBytes, { name: "hopper.onnx" });
    const actions = new Float32Array(3);
    await expect(policy.act(new Float32Array(10), actions, 1)).rejects.toThrow(
      new InputError("1 rows of 11 observations are needed, but the array has 10 numbers."),
    );
    await expect(policy.act(new Float32Array(11), new Float32Array(2), 1)).rejects.toThrow(/1 rows of 3 actions/);
    await expect(policy.act(new Float32Array(11), actions, 1, new Float32Array(2))).rejects.toThrow(
      /1 rows of 3 mask entries/,
    );
    await policy.act(new Float32Array(11), actions, 1);
    policy.dispose();
    expect(actions[0]).not.toBe(0);
  });
});

const batch = (name: string, size: number): OnnxValueInfo => ({
  name,
  elementType: ElementType.float,
  shape: ["batch", size],
});
const one = (name: string): OnnxValueInfo => ({ name, elementType: ElementType.float, shape: [1] });

/** A model as another tool might write it: actions = 10·obs_0 + obs_1, without metadata. */
function foreignModel(change: {
  version?: number;
  memory?: number;
  inputs?: readonly OnnxValueInfo[];
  output?: string;
}): Uint8Array {
  const { version = 3, memory = 0, output = "deterministic_continuous_actions" } = change;
  const graph = new GraphBuilder();
  graph.constantOutput("version_number", [version]);
  graph.constantOutput("memory_size", [memory]);
  graph.node("Add", output, [graph.node("Mul", "scaled", ["obs_0", graph.float("ten", 10)]), "obs_1"]);
  const inputs = change.inputs ?? [batch("obs_1", 2), batch("obs_0", 2)];
  const outputs = [one("version_number"), one("memory_size"), batch(output, 2)];
  return encodeModel({
    irVersion: 8,
    producerName: "another tool",
    producerVersion: "",
    opset: 15,
    graph: graph.build("policy", inputs, outputs),
    metadata: {},
  });
}

describe("a model of another tool", () => {
  it("takes obs_0, obs_1 … one after the other from each row, whatever their order in the file", async () => {
    const policy = await OnnxPolicy.LoadAsync(foreignModel({}));
    expect(policy.metadata).toBeNull();
    expect(policy.observationSize).toBe(4);
    expect(policy.actionSpec).toEqual({ continuous: 2, discrete: [] });
    const actions = new Float32Array(4);
    await policy.act(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), actions, 2);
    expect(Array.from(actions)).toEqual([13, 24, 57, 68]);
    await expect(policy.act(new Float32Array(4), actions, 1, new Float32Array(0))).rejects.toThrow(
      new InputError("Model from bytes has no input for action masks."),
    );
    policy.dispose();
  });

  it("may be of model version 2", async () => {
    const policy = await OnnxPolicy.LoadAsync(foreignModel({ version: 2 }));
    expect(policy.observationSize).toBe(4);
    policy.dispose();
  });

  it("draws its actions where it has no deterministic ones, unless those were asked for", async () => {
    const bytes = foreignModel({ output: "continuous_actions" });
    const policy = await OnnxPolicy.LoadAsync(bytes);
    expect(policy.deterministic).toBe(false);
    policy.dispose();
    await expect(OnnxPolicy.LoadAsync(bytes, { deterministic: true })).rejects.toThrow(
      new InputError(
        "Model from bytes: it has no output deterministic_continuous_actions; load it with deterministic: false.",
      ),
    );
  });
});

describe("refuses", () => {
  const pair = [batch("obs_0", 2), batch("obs_1", 2)];
  const cases: [string, Uint8Array, string][] = [
    [
      "a file that is cut off",
      hybridBytes.subarray(0, 2000),
      "This is not a complete ONNX model: 2000 bytes that are damaged or of another kind.",
    ],
    [
      "a text file",
      new TextEncoder().encode("reward: 1.0\n"),
      "This is not a complete ONNX model: 12 bytes that are damaged or of another kind.",
    ],
    ["a later version", foreignModel({ version: 4 }), "its version_number is 4; allowed are 2 and 3."],
    [
      "a recurrent model",
      foreignModel({ inputs: [...pair, batch("recurrent_in", 64)] }),
      "it has memory (input recurrent_in), and recurrent policies are not supported.",
    ],
    ["a memory size", foreignModel({ memory: 64 }), "it has memory, and recurrent policies are not supported."],
    ["no observations", foreignModel({ inputs: [] }), "it has no input obs_0."],
    [
      "an unknown input",
      foreignModel({ inputs: [...pair, batch("vector_observation", 2)] }),
      "its input vector_observation is unknown; allowed are obs_0, obs_1 … and action_masks.",
    ],
    [
      "images",
      foreignModel({ inputs: [{ ...pair[0]!, shape: ["batch", 3, 84, 84] }, pair[1]!] }),
      "its input obs_0 is not float32 [batch, size].",
    ],
    [
      "a fixed batch size",
      foreignModel({ inputs: [{ ...pair[0]!, shape: [1, 2] }, pair[1]!] }),
      "its input obs_0 has the fixed batch size 1; export it with a free one.",
    ],
    [
      "no actions",
      foreignModel({ output: "action" }),
      "it has neither an output continuous_actions nor discrete_actions.",
    ],
  ];
  for (const [what, bytes, message] of cases) {
    it(what, async () => {
      await expect(OnnxPolicy.LoadAsync(bytes, { name: "walker.onnx" })).rejects.toThrow(
        new InputError(`Model walker.onnx: ${message}`),
      );
    });
  }

  it("a graph that onnxruntime cannot run", async () => {
    const bytes = foreignModel({ inputs: [batch("obs_0", 2)] });
    await expect(OnnxPolicy.LoadAsync(bytes)).rejects.toThrow(/^Model from bytes: onnxruntime cannot load it \(/);
  });

  it("a model that cannot be fetched", async () => {
    await expect(OnnxPolicy.LoadAsync("http://127.0.0.1:9/policy.onnx")).rejects.toThrow(
      /^Model http:\/\/127\.0\.0\.1:9\/policy\.onnx: it cannot be fetched \(/,
    );
  });
});
