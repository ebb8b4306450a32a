import { describe, expect, it } from "vitest";
import { type CheckedModel, checkModel, type ModelExpectation } from "../../src/inference/compatibility.js";
import { InputError } from "../../src/inputError.js";
import { metadataFor, randomNetwork } from "../policy/randomNetwork.js";

const actionSpec = { continuous: 2, discrete: [3] };
const network = randomNetwork({ actionSpec, seed: 1 });
const metadata = metadataFor(network);
const model: CheckedModel = { name: "hopper.onnx", observationSize: 11, actionSpec, metadata };
const agent: Required<ModelExpectation> = {
  observations: metadata.observations,
  actionSpec,
  actions: metadata.actions,
  physicsDt: metadata.physicsDt,
  controlDt: metadata.controlDt,
  bodyHash: metadata.bodyHash,
  scene: "hopper",
};

it("accepts the agent that the model was trained for", () => {
  checkModel(model, agent);
  const { scene: _, actions: __, ...withoutNames } = agent;
  checkModel(model, withoutNames);
});

it("allows clocks to differ by rounding", () => {
  checkModel(model, { ...agent, physicsDt: Math.fround(metadata.physicsDt), controlDt: 4 * 0.1 * 0.02 });
});

describe("names the difference", () => {
  const [root, joints] = metadata.observations as [{ name: string; size: number }, { name: string; size: number }];
  const cases: [string, Partial<ModelExpectation>, string][] = [
    [
      "size of an observation block",
      { observations: [root, { ...joints, size: 12 }] },
      'observation block 1 is "joints" with 10 numbers in the model, but "joints" with 12 numbers in the agent',
    ],
    [
      "order of the observation blocks",
      { observations: [joints, root] },
      'observation block 0 is "root" with 1 numbers in the model, but "joints" with 10 numbers in the agent',
    ],
    [
      "missing observation block",
      { observations: [root] },
      'observation block 1 is "joints" with 10 numbers in the model, but missing in the agent',
    ],
    [
      "number of actions",
      { actionSpec: { continuous: 3, discrete: [3] } },
      "it gives 2 continuous actions and discrete branches [3], but the agent takes 3 continuous actions and discrete branches [3]",
    ],
    [
      "options of a branch",
      { actionSpec: { continuous: 2, discrete: [4] } },
      "it gives 2 continuous actions and discrete branches [3], but the agent takes 2 continuous actions and discrete branches [4]",
    ],
    [
      "name of an action",
      { actions: ["action 0", "knee", "action 2"] },
      'action 1 is "action 1" in the model, but "knee" in the agent',
    ],
    ["physics clock", { physicsDt: 0.004 }, "it was trained with physicsDt 0.002 s, but the agent runs with 0.004 s"],
    ["control clock", { controlDt: 0.016 }, "it was trained with controlDt 0.008 s, but the agent runs with 0.016 s"],
    [
      "body",
      { bodyHash: "fedcba9876543210" },
      "it was trained on another body (hash 0123456789ab, the agent's is fedcba987654)",
    ],
    ["scene", { scene: "ant" }, 'it was trained in scene "hopper", but the agent is in "ant"'],
  ];
  for (const [what, change, difference] of cases) {
    it(what, () => {
      const message = `Model hopper.onnx does not fit this agent: ${difference}.`;
      expect(() => checkModel(model, { ...agent, ...change })).toThrow(new InputError(message));
    });
  }
});

describe("a model of another tool", () => {
  const foreign = { ...model, metadata: null };
  it("is checked on sizes only", () => {
    checkModel(foreign, { ...agent, physicsDt: 1, bodyHash: "other", observations: [{ name: "any", size: 11 }] });
  });
  it("must have the agent's number of observations", () => {
    expect(() => checkModel(foreign, { ...agent, observations: [{ name: "any", size: 12 }] })).toThrow(
      new InputError("Model hopper.onnx does not fit this agent: it takes 11 observations, but the agent gives 12."),
    );
  });
  it("must have the agent's actions", () => {
    expect(() => checkModel(foreign, { ...agent, actionSpec: { continuous: 2, discrete: [] } })).toThrow(
      /gives 2 continuous actions and discrete branches \[3\], but the agent takes 2 continuous .* \[\]/,
    );
  });
});
