import type { ReplayBatch } from "../../src/rollout/replayBuffer.js";
import type { ActorCriticLayout } from "../../src/train/offPolicy/layout.js";
import { freshAdam } from "../../src/train/offPolicy/learner.js";
import { type SacState, sacLayout } from "../../src/train/sac/state.js";
import type { GoldenLayer } from "./ppoGolden.js";
import { readGolden } from "./readGolden.js";

type Numbers = "observations" | "nextObservations" | "masks" | "nextMasks" | "actions" | "rewards" | "discounts" | "y";

/** What generate_sac_discrete.py writes. */
interface SacDiscreteGoldenFile extends Readonly<Record<Numbers, number[]>> {
  readonly batch: number;
  readonly discrete: readonly number[];
  readonly targetEntropy: number;
  readonly logAlpha: number;
  readonly actor: readonly GoldenLayer[];
  readonly critics: readonly (readonly GoldenLayer[])[];
  readonly targets: readonly (readonly GoldenLayer[])[];
  readonly entropy: number;
  readonly criticLoss: number;
  readonly actorLoss: number;
  readonly criticGradients: readonly (readonly GoldenLayer[])[];
  readonly actorGradients: readonly GoldenLayer[];
  readonly logAlphaGradient: number;
}

/** One batch of SAC on two branches, some of whose options are forbidden, with PyTorch's losses and gradients. */
export interface SacDiscreteGolden
  extends Pick<SacDiscreteGoldenFile, "targetEntropy" | "entropy" | "criticLoss" | "actorLoss" | "logAlphaGradient"> {
  readonly layout: ActorCriticLayout;
  readonly state: SacState;
  readonly batch: ReplayBatch;
  readonly rows: number;
  readonly actorGradient: readonly number[];
  readonly criticGradient: readonly number[];
}

const flat = (layers: readonly GoldenLayer[]) => layers.flatMap(({ weights, bias }) => [...weights, ...bias]);

export function readSacDiscreteGolden(): SacDiscreteGolden {
  const golden = readGolden<SacDiscreteGoldenFile>("sac-discrete");
  const { actor, critics, targets, discrete, logAlpha } = golden;
  const numbers = (name: Numbers) => Float32Array.from(golden[name]);
  const layout = sacLayout({
    observationSize: actor[0]!.inputs,
    actionSize: discrete.length,
    discrete,
    activation: "tanh",
    hidden: actor.slice(0, -1).map(({ outputs }) => outputs),
  });
  const { actorSize, learntSize } = layout;
  return {
    ...golden,
    layout,
    rows: golden.batch,
    state: {
      parameters: Float32Array.from([actor, ...critics, ...targets].flatMap(flat)),
      adam: { actor: freshAdam(actorSize), critics: freshAdam(learntSize - actorSize) },
      temperature: { logAlpha, mean: 0, square: 0 },
    },
    batch: {
      observations: numbers("observations"),
      actions: numbers("actions"),
      rewards: numbers("rewards"),
      nextObservations: numbers("nextObservations"),
      discounts: numbers("discounts"),
      masks: { before: numbers("masks"), after: numbers("nextMasks") },
    },
    actorGradient: flat(golden.actorGradients),
    criticGradient: golden.criticGradients.flatMap(flat),
  };
}
