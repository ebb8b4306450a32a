import { MODEL_VERSION, observationName, TensorName } from "../inference/contract.js";
import { ElementType, type OnnxModel, type OnnxValueInfo } from "../inference/onnxFormat.js";
import { InputError } from "../inputError.js";
import { checkNetwork } from "../policy/checkNetwork.js";
import { METADATA_KEY, type ModelMetadata } from "../policy/modelMetadata.js";
import type { PolicyNetwork } from "../policy/network.js";
import { actionSize, maskSize } from "../policy/policy.js";
import { GraphBuilder } from "./graphBuilder.js";
import { encodeModel } from "./writeOnnx.js";

/** The newest operator set that all of Unity's inference engines, onnxruntime and the converters read. */
const OPSET = 15;
/** File format version that belongs to opset 15. */
const IR_VERSION = 8;

/** What is added to the logit of a forbidden option; as in ML-Agents. */
const FORBIDDEN = 1e8;

/**
 * Writes a policy as an ONNX file by the ML-Agents 3.0 contract: normaliser, network, sampling and squash in one graph of
 * plain float32 operators, with a free batch size.
 *
 * Inputs: `obs_0` `[batch, observationSize]`, and with discrete actions `action_masks` `[batch, Σ options]` (1 = allowed).
 * Outputs: `version_number` `[1]`, `memory_size` `[1]`; for continuous actions `continuous_actions` (sampled),
 * `deterministic_continuous_actions` `[batch, continuous]` and `continuous_action_output_shape` `[1]`; for discrete ones
 * `discrete_actions` (sampled), `deterministic_discrete_actions` `[batch, branches]`, indices as int64, and
 * `discrete_action_output_shape` `[1, branches]`, the number of options of each branch.
 *
 * @throws InputError when the network's sizes do not fit together, or the metadata describes another one.
 */
export function policyToOnnx(network: PolicyNetwork, metadata: ModelMetadata): Uint8Array {
  checkNetwork(network);
  checkMetadata(network, metadata);
  const model: OnnxModel = {
    irVersion: IR_VERSION,
    producerName: "legwork",
    producerVersion: "",
    opset: OPSET,
    graph: buildGraph(network),
    metadata: { [METADATA_KEY]: JSON.stringify(metadata) },
  };
  return encodeModel(model);
}

function checkMetadata(network: PolicyNetwork, metadata: ModelMetadata): void {
  const observations = metadata.observations.reduce((sum, block) => sum + block.size, 0);
  if (observations !== network.observationSize) {
    throw new InputError(
      `The metadata describes ${observations} observations, but the network takes ${network.observationSize}.`,
    );
  }
  const actions = actionSize(network.actionSpec);
  if (metadata.actions.length !== actions) {
    throw new InputError(`The metadata names ${metadata.actions.length} actions, but the network gives ${actions}.`);
  }
}

function buildGraph(network: PolicyNetwork) {
  const { continuous, discrete } = network.actionSpec;
  const graph = new GraphBuilder();
  const inputs = [batchOf(observationName(0), ElementType.float, network.observationSize)];
  const outputs = [
    constantOf(graph.constantOutput(TensorName.versionNumber, [MODEL_VERSION]), [1]),
    constantOf(graph.constantOutput(TensorName.memorySize, [0]), [1]),
  ];

  const hidden = addHiddenLayers(graph, network, addNormalizer(graph, network));
  const { means, deviations, logits } = addHead(graph, network, hidden);
  if (means !== undefined) {
    addContinuousActions(graph, network, means, deviations);
    outputs.push(
      batchOf(TensorName.continuousActions, ElementType.float, continuous),
      constantOf(graph.constantOutput(TensorName.continuousShape, [continuous]), [1]),
      batchOf(TensorName.deterministicContinuousActions, ElementType.float, continuous),
    );
  }
  if (logits !== undefined) {
    addDiscreteActions(graph, discrete, logits);
    const shape = [1, discrete.length];
    inputs.push(batchOf(TensorName.actionMasks, ElementType.float, maskSize(network.actionSpec)));
    outputs.push(
      batchOf(TensorName.discreteActions, ElementType.int64, discrete.length),
      constantOf(graph.constantOutput(TensorName.discreteShape, discrete, shape), shape),
      batchOf(TensorName.deterministicDiscreteActions, ElementType.int64, discrete.length),
    );
  }
  return graph.build("policy", inputs, outputs);
}

function batchOf(name: string, elementType: number, size: number): OnnxValueInfo {
  return { name, elementType, shape: ["batch", size] };
}

function constantOf(name: string, shape: readonly number[]): OnnxValueInfo {
  return { name, elementType: ElementType.float, shape };
}

/** clip((x − mean) / std, ±clip) */
function addNormalizer(graph: GraphBuilder, { normalizer }: PolicyNetwork): string {
  const observations = observationName(0);
  if (normalizer === null) return observations;
  const { mean, std, clip } = normalizer;
  const centred = graph.node("Sub", "normalizer.centred", [observations, graph.floats("normalizer.mean", mean)]);
  const scaled = graph.node("Div", "normalizer.scaled", [centred, graph.floats("normalizer.std", std)]);
  const bounds = [graph.float("normalizer.low", -clip), graph.float("normalizer.high", clip)];
  return graph.node("Clip", "normalizer.clipped", [scaled, ...bounds]);
}

function addHiddenLayers(graph: GraphBuilder, { layers, activation }: PolicyNetwork, input: string): string {
  let value = input;
  for (let index = 0; index < layers.length - 1; index++) {
    const sum = addDense(graph, layers[index]!, `layer${index}`, value);
    const name = `layer${index}.${activation}`;
    if (activation === "tanh") value = graph.node("Tanh", name, [sum]);
    else if (activation === "relu") value = graph.node("Relu", name, [sum]);
    else if (activation === "elu") value = graph.node("Elu", name, [sum]);
    else value = graph.node("Mul", name, [sum, graph.node("Sigmoid", `layer${index}.sigmoid`, [sum])]);
  }
  return value;
}

function addDense(graph: GraphBuilder, layer: PolicyNetwork["layers"][number], name: string, input: string): string {
  const weights = graph.floats(`${name}.weights`, layer.weights, [layer.inputs, layer.outputs]);
  return graph.node("Gemm", name, [input, weights, graph.floats(`${name}.bias`, layer.bias)]);
}

/** The parts of the head that there are. */
interface Head {
  readonly means?: string;
  /** What standard deviations are made of, where they depend on the state. */
  readonly deviations?: string;
  /** Of all branches. */
  readonly logits?: string;
}

function addHead(graph: GraphBuilder, network: PolicyNetwork, hidden: string): Head {
  const { continuous } = network.actionSpec;
  const head = addDense(graph, network.layers.at(-1)!, "head", hidden);
  const sizes = {
    means: continuous,
    deviations: network.stdRange ? continuous : 0,
    logits: maskSize(network.actionSpec),
  };
  const parts = Object.entries(sizes).filter(([, size]) => size > 0);
  const names = parts.map(([name]) => name);
  if (names.length === 1) return { [names[0]!]: head };
  const values = graph.split(
    names,
    head,
    parts.map(([, size]) => size),
  );
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** squash(mean), and squash(mean + σ·ε) with ε ~ N(0, 1) */
function addContinuousActions(graph: GraphBuilder, network: PolicyNetwork, means: string, deviations?: string): void {
  const { squash, logStd, stdRange } = network;
  const noise = graph.node("RandomNormalLike", "noise", [means]);
  const std =
    stdRange && deviations !== undefined
      ? addDeviations(graph, deviations, stdRange)
      : graph.floats("std", logStd.map(Math.exp));
  const sample = graph.node("Add", "sample", [means, graph.node("Mul", "noise.scaled", [noise, std])]);
  if (squash === "tanh") {
    graph.node("Tanh", TensorName.continuousActions, [sample]);
    graph.node("Tanh", TensorName.deterministicContinuousActions, [means]);
  } else {
    const bounds = [graph.float("action.low", -1), graph.float("action.high", 1)];
    graph.node("Clip", TensorName.continuousActions, [sample, ...bounds]);
    graph.node("Clip", TensorName.deterministicContinuousActions, [means, ...bounds]);
  }
}

/** exp(low + (high − low) (1 + tanh y) / 2) */
function addDeviations(graph: GraphBuilder, y: string, [low, high]: readonly [number, number]): string {
  const half = (high - low) / 2;
  const scaled = graph.node("Mul", "deviations.scaled", [
    graph.node("Tanh", "deviations.tanh", [y]),
    graph.float("deviations.half", half),
  ]);
  const logStd = graph.node("Add", "deviations.log", [scaled, graph.float("deviations.middle", low + half)]);
  return graph.node("Exp", "deviations.std", [logStd]);
}

/** The allowed option with the largest logit of each branch, and one drawn from softmax(logits), by the Gumbel-max trick. */
function addDiscreteActions(graph: GraphBuilder, branches: readonly number[], logits: string): void {
  // masked = logits + (mask − 1)·1e8
  const forbidden = graph.node("Sub", "mask.minusOne", [TensorName.actionMasks, graph.float("one", 1)]);
  const penalty = graph.node("Mul", "mask.penalty", [forbidden, graph.float("forbidden", FORBIDDEN)]);
  const masked = graph.node("Add", "logits.masked", [logits, penalty]);

  // gumbel = −log(−log u), with u ~ U(0, 1) kept away from both ends, where it would be infinite in float32
  const bounds = [graph.float("uniform.low", 1e-7), graph.float("uniform.high", 1 - 1e-6)];
  const uniform = graph.node("Clip", "uniform.clipped", [
    graph.node("RandomUniformLike", "uniform", [masked]),
    ...bounds,
  ]);
  const positive = graph.node("Neg", "gumbel.inner", [graph.node("Log", "gumbel.log", [uniform])]);
  const gumbel = graph.node("Neg", "gumbel", [graph.node("Log", "gumbel.outer", [positive])]);
  const perturbed = graph.node("Add", "logits.perturbed", [masked, gumbel]);

  addChoices(graph, TensorName.discreteActions, perturbed, branches);
  addChoices(graph, TensorName.deterministicDiscreteActions, masked, branches);
}

/** The index of the largest score of each branch: `[batch, Σ options]` → int64 `[batch, branches]`. */
function addChoices(graph: GraphBuilder, output: string, scores: string, branches: readonly number[]): void {
  const names = branches.map((_, index) => `${scores}.branch${index}`);
  const choices = graph.split(names, scores, branches).map((branch) => {
    return graph.node("ArgMax", `${branch}.choice`, [branch], { axis: 1, keepdims: 1 });
  });
  graph.node("Concat", output, choices, { axis: 1 });
}
