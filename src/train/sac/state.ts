import { rawLogStd } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import {
  type ActorCriticLayout,
  type ActorCriticShape,
  actorCriticLayout,
  initialParameters,
} from "../offPolicy/layout.js";
import { freshAdam, type OffPolicyState, type Temperature } from "../offPolicy/learner.js";

/** What SAC learns. */
export interface SacState extends OffPolicyState {
  readonly temperature: Temperature;
}

/** SAC's networks: the actor says means and log σ, or logits; there are two critics, which alone have targets. */
export function sacLayout(shape: ActorCriticShape): ActorCriticLayout {
  return actorCriticLayout(shape, { headsPerAction: 2, critics: 2, targetActor: false });
}

export interface SacStart {
  /** Standard deviation of continuous actions at first, before they are squashed. */
  readonly initialStd: number;
  /** Temperature α at first. */
  readonly initialAlpha: number;
  readonly random: Random;
}

export function initialSacState(layout: ActorCriticLayout, { initialStd, initialAlpha, random }: SacStart): SacState {
  const { actorSize, learntSize, actionSize, discrete } = layout;
  const parameters = initialParameters(layout, random);
  const { bias } = layout.actor.at(-1)!;
  if (!discrete) parameters.fill(rawLogStd(Math.log(initialStd)), bias + actionSize, bias + 2 * actionSize);
  return {
    parameters,
    adam: { actor: freshAdam(actorSize), critics: freshAdam(learntSize - actorSize) },
    temperature: { logAlpha: Math.log(initialAlpha), mean: 0, square: 0 },
  };
}

/** How SAC learns. */
export interface SacSettings {
  /** Share of the way that the targets go towards the critics. */
  readonly tau: number;
  /** H̄, which the temperature aims at. */
  readonly targetEntropy: number;
}
