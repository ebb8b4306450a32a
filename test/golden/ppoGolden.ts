import type { OnPolicyBatch } from "../../src/train/onPolicy/learner.js";
import type { PpoCoefficients } from "../../src/train/ppo/losses.js";
import { type OnPolicyLayout, onPolicyLayout } from "../../src/train/onPolicy/layout.js";
import { readGolden } from "./readGolden.js";

export type GoldenLayer = Record<"inputs" | "outputs", number> & Record<"weights" | "bias", number[]>;

/** What generate.py writes. */
export interface PpoGoldenFile {
  readonly continuous: number;
  readonly discrete: number[];
  readonly batch: number;
  /** No epsilon: not clipped. */
  readonly coefficients: Record<"valueCoefficient" | "entropyCoefficient", number> & {
    readonly epsilon: number | null;
    readonly klCoefficient?: number;
  };
  readonly actor: readonly GoldenLayer[];
  readonly critic: readonly GoldenLayer[];
  readonly logStd: number[];
  readonly observations: number[];
  readonly actions: number[];
  readonly masks: number[];
  readonly oldLogProbability: number[];
  readonly advantages: number[];
  readonly returns: number[];
  readonly logProbability: number[];
  readonly entropies: number[];
  readonly losses: Record<"policyLoss" | "valueLoss" | "entropy" | "approximateKl" | "clipFraction", number>;
  readonly actorGradients: readonly GoldenLayer[];
  readonly criticGradients: readonly GoldenLayer[];
  readonly logStdGradient: number[];
}

/** One minibatch of PPO with its losses and gradients as PyTorch finds them. */
export interface PpoGolden {
  readonly layout: OnPolicyLayout;
  readonly coefficients: PpoCoefficients;
  readonly parameters: Float32Array;
  readonly batch: OnPolicyBatch;
  readonly losses: PpoGoldenFile["losses"];
  /** In the order of the layout. */
  readonly gradient: readonly number[];
}

export function coefficientsOf({ coefficients }: PpoGoldenFile): PpoCoefficients {
  return { ...coefficients, epsilon: coefficients.epsilon ?? Number.POSITIVE_INFINITY };
}

export const PPO_GOLDENS = ["ppo-continuous", "ppo-discrete", "ppo-hybrid", "ppo-kl"] as const;

export function readPpoGolden(name: (typeof PPO_GOLDENS)[number]): PpoGolden {
  const golden = readGolden<PpoGoldenFile>(name);
  const { continuous, discrete, actor } = golden;
  const layout = onPolicyLayout({
    observationSize: actor[0]!.inputs,
    actionSpec: { continuous, discrete },
    activation: "tanh",
    hidden: actor.slice(0, -1).map(({ outputs }) => outputs),
  });
  const flat = (layers: readonly GoldenLayer[]) => layers.flatMap(({ weights, bias }) => [...weights, ...bias]);
  return {
    layout,
    coefficients: coefficientsOf(golden),
    parameters: Float32Array.from([
      ...flat(golden.actor),
      ...golden.logStd.slice(0, continuous),
      ...flat(golden.critic),
    ]),
    batch: {
      size: golden.batch,
      observations: Float32Array.from(golden.observations),
      actions: Float32Array.from(golden.actions),
      masks: Float32Array.from(discrete.length > 0 ? golden.masks : []),
      logProbabilities: Float32Array.from(golden.oldLogProbability),
      advantages: Float32Array.from(golden.advantages),
      returns: Float32Array.from(golden.returns),
    },
    losses: golden.losses,
    gradient: [
      ...flat(golden.actorGradients),
      ...golden.logStdGradient.slice(0, continuous),
      ...flat(golden.criticGradients),
    ],
  };
}
