import type { ActorCriticLayout } from "../../src/train/offPolicy/layout.js";
import { sacLayout } from "../../src/train/sac/state.js";
import type { GoldenLayer } from "./ppoGolden.js";
import { readGolden } from "./readGolden.js";

type Numbers = "observations" | "nextObservations" | "actions" | "rewards" | "discounts" | "noise" | "nextNoise" | "y";

/** What generate_sac.py writes. */
interface SacGoldenFile extends Readonly<Record<Numbers, number[]>> {
  readonly batch: number;
  readonly actionSize: number;
  readonly targetEntropy: number;
  readonly logAlpha: number;
  readonly actor: readonly GoldenLayer[];
  readonly critics: readonly (readonly GoldenLayer[])[];
  readonly targets: readonly (readonly GoldenLayer[])[];
  readonly logProbability: number[];
  readonly criticLoss: number;
  readonly actorLoss: number;
  readonly temperatureLoss: number;
  readonly criticGradients: readonly (readonly GoldenLayer[])[];
  readonly actorGradients: readonly GoldenLayer[];
  readonly logAlphaGradient: number;
}

/** One batch of SAC with its losses and gradients as PyTorch finds them. */
export interface SacGolden extends Omit<SacGoldenFile, "actor" | "critics" | "targets"> {
  readonly layout: ActorCriticLayout;
  /** In the order of the layout. */
  readonly parameters: Float32Array;
  readonly criticLayers: SacGoldenFile["critics"];
  readonly targetLayers: SacGoldenFile["targets"];
}

export function readSacGolden(): SacGolden {
  const { actor, critics, targets, ...rest } = readGolden<SacGoldenFile>("sac");
  const layout = sacLayout({
    observationSize: actor[0]!.inputs,
    actionSize: rest.actionSize,
    activation: "tanh",
    hidden: actor.slice(0, -1).map(({ outputs }) => outputs),
  });
  const flat = [actor, ...critics, ...targets].flat().flatMap(({ weights, bias }) => [...weights, ...bias]);
  return { ...rest, layout, parameters: Float32Array.from(flat), criticLayers: critics, targetLayers: targets };
}
