import { initializeLayers, type LayerPlace, placeLayers } from "../../nn/layerPlaces.js";
import { rawLogStd } from "../../nn/logStdRange.js";
import type { Activation } from "../../policy/network.js";
import type { Random } from "../../random.js";

export interface SacNetworkShape {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly activation: Activation;
  /** Units of each hidden layer, of the actor and of the critics. */
  readonly hidden: readonly number[];
}

/** All networks of SAC as one flat vector `[size]`: actor, critics, targets. */
export interface SacLayout extends SacNetworkShape {
  /** `[B, observationSize]` → `[B, 2 · actionSize]`: means, then what becomes log σ. */
  readonly actor: readonly LayerPlace[];
  /** `[B, observationSize + actionSize]` → `[B, 1]` */
  readonly critics: readonly [readonly LayerPlace[], readonly LayerPlace[]];
  readonly targets: readonly [readonly LayerPlace[], readonly LayerPlace[]];
  /** Numbers of the actor, which come first, and of both critics, which follow. */
  readonly actorSize: number;
  readonly criticsSize: number;
  readonly size: number;
}

/** Adam's moments of what is learnt, actor and critics; those of log α; and the steps done. */
export interface SacMoments {
  readonly step: number;
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly logAlphaMean: number;
  readonly logAlphaSquare: number;
}

/** Everything that learning changes. */
export interface SacState {
  /** In the order of the layout. */
  readonly parameters: Float32Array;
  /** log of the temperature α */
  readonly logAlpha: number;
  readonly moments: SacMoments;
}

export function sacLayout(shape: SacNetworkShape): SacLayout {
  const { observationSize, actionSize, hidden } = shape;
  let size = 0;
  const network = (inputs: number, outputs: number): LayerPlace[] => {
    const { layers, end } = placeLayers(size, [inputs, ...hidden, outputs]);
    size = end;
    return layers;
  };
  const twins = (): SacLayout["critics"] => [
    network(observationSize + actionSize, 1),
    network(observationSize + actionSize, 1),
  ];
  const actor = network(observationSize, 2 * actionSize);
  const actorSize = size;
  const critics = twins();
  const criticsSize = size - actorSize;
  const targets = twins();
  return { ...shape, actor, critics, targets, actorSize, criticsSize, size };
}

export interface SacStart {
  /** Standard deviation of the actions at first, before they are squashed. */
  readonly initialStd: number;
  /** Temperature α at first. */
  readonly initialAlpha: number;
  readonly random: Random;
}

/** Orthogonal weights with gain √2, 0.01 for the actor's head and 1 for the critics'; targets equal to the critics. */
export function initialSacState(layout: SacLayout, { initialStd, initialAlpha, random }: SacStart): SacState {
  const parameters = new Float32Array(layout.size);
  initializeLayers(layout.actor, 0.01, random, parameters);
  const { bias } = layout.actor.at(-1)!;
  parameters.fill(rawLogStd(Math.log(initialStd)), bias + layout.actionSize, bias + 2 * layout.actionSize);
  for (const critic of layout.critics) initializeLayers(critic, 1, random, parameters);
  const { actorSize, criticsSize } = layout;
  parameters.copyWithin(actorSize + criticsSize, actorSize, actorSize + criticsSize);
  const learnt = actorSize + criticsSize;
  return {
    parameters,
    logAlpha: Math.log(initialAlpha),
    moments: {
      step: 0,
      mean: new Float32Array(learnt),
      square: new Float32Array(learnt),
      logAlphaMean: 0,
      logAlphaSquare: 0,
    },
  };
}
