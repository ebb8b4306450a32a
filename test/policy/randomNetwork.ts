import type { ModelMetadata } from "../../src/policy/modelMetadata.js";
import type { Activation, PolicyNetwork } from "../../src/policy/network.js";
import { type ActionSpec, actionSize, maskSize } from "../../src/policy/policy.js";
import { Random } from "../../src/random.js";

interface NetworkOptions {
  readonly observationSize?: number;
  readonly hidden?: readonly number[];
  readonly actionSpec: ActionSpec;
  readonly activation?: Activation;
  readonly squash?: "clip" | "tanh";
  readonly normalize?: boolean;
  /** Standard deviations that depend on the state. */
  readonly stdRange?: readonly [number, number];
  readonly seed: number;
}

/** A network whose hidden sums are of order 1, so that every activation is used on both sides. */
export function randomNetwork(options: NetworkOptions): PolicyNetwork {
  const { actionSpec, observationSize = 11, hidden = [32, 24], normalize = true, stdRange } = options;
  const random = new Random(options.seed);
  const values = (length: number, scale: number) => Float32Array.from({ length }, () => scale * random.normal());
  const sizes = [observationSize, ...hidden, (stdRange ? 2 : 1) * actionSpec.continuous + maskSize(actionSpec)];
  const layers = sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index]!;
    return { inputs, outputs, weights: values(inputs * outputs, 1.5 / Math.sqrt(inputs)), bias: values(outputs, 0.3) };
  });
  const normalizer = {
    mean: values(observationSize, 1),
    std: values(observationSize, 1).map((x) => 0.5 + Math.abs(x)),
    clip: 2,
  };
  return {
    observationSize,
    actionSpec,
    activation: options.activation ?? "tanh",
    normalizer: normalize ? normalizer : null,
    layers,
    squash: options.squash ?? "clip",
    logStd: values(stdRange ? 0 : actionSpec.continuous, 0.5),
    ...(stdRange ? { stdRange } : {}),
  };
}

/** `[count, observationSize]`, wide enough to meet the normaliser's clip. */
export function randomObservations(network: PolicyNetwork, count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count * network.observationSize }, () => 2 * random.normal());
}

/** `[count, maskSize]` of 0 and 1, with at least one allowed option in every branch. */
export function randomMasks({ actionSpec }: PolicyNetwork, count: number, seed: number): Float32Array {
  const random = new Random(seed);
  const masks: number[] = [];
  for (let row = 0; row < count; row++) {
    for (const size of actionSpec.discrete) {
      const allowed = random.integer(size);
      for (let option = 0; option < size; option++) masks.push(option === allowed || random.uniform() < 0.5 ? 1 : 0);
    }
  }
  return Float32Array.from(masks);
}

export function metadataFor(network: PolicyNetwork): ModelMetadata {
  return {
    format: 1,
    scene: "hopper",
    behavior: "Hopper",
    bodyHash: "0123456789abcdef",
    observations: [
      { name: "root", size: 1 },
      { name: "joints", size: network.observationSize - 1 },
    ],
    actions: Array.from({ length: actionSize(network.actionSpec) }, (_, index) => `action ${index}`),
    physicsDt: 0.002,
    controlDt: 0.008,
    trainer: "ppo",
    seed: 3,
    steps: 1_000_000,
    score: 2609.5,
  };
}
