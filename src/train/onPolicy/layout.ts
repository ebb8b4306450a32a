import { initializeLayers, type LayerPlace, placeLayers } from "../../nn/layerPlaces.js";
import type { Activation } from "../../policy/network.js";
import { type ActionSpec, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import { stateActionSize } from "../../rollout/stateActions.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import { hiddenLayers } from "../createTrainer.js";
import type { OnPolicyState } from "./learner.js";

/** Actor, standard deviations and critic of PPO as one flat vector `[size]`, in this order. */
export interface OnPolicyLayout {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  readonly actor: readonly LayerPlace[];
  /** Offset of log σ, `[actionSpec.continuous]`. */
  readonly logStd: number;
  /** `[B, observationSize]` → `[B, 1]`; where it judges actions as well, of what `stateActions` makes of both. */
  readonly critic: readonly LayerPlace[];
  /** Number of parameters. */
  readonly size: number;
}

export interface OnPolicyShape {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  /** Units of each hidden layer, of the actor and of the critic. */
  readonly hidden: readonly number[];
  /** What the critic judges. Default states. */
  readonly critic?: "state" | "state-action";
}

export function onPolicyLayout(shape: OnPolicyShape): OnPolicyLayout {
  const { observationSize, actionSpec, activation, hidden } = shape;
  const headSize = actionSpec.continuous + maskSize(actionSpec);
  const judged = shape.critic === "state-action" ? stateActionSize(observationSize, actionSpec) : observationSize;
  const { layers: actor, end: logStd } = placeLayers(0, [observationSize, ...hidden, headSize]);
  const { layers: critic, end: size } = placeLayers(logStd + actionSpec.continuous, [judged, ...hidden, 1]);
  return { observationSize, actionSpec, activation, actor, logStd, critic, size };
}

/** What the critic of an algorithm judges. */
export function criticOf({ trainerType }: OnPolicyConfig): "state" | "state-action" {
  return trainerType === "q-actor-critic" ? "state-action" : "state";
}

/** The networks that a configuration asks for, for an environment. */
export function configuredLayout(
  { observationSize, actionSpec }: Pick<OnPolicyShape, "observationSize" | "actionSpec">,
  config: OnPolicyConfig,
): OnPolicyLayout {
  const { activation } = config.legwork;
  const hidden = hiddenLayers(config);
  return onPolicyLayout({ observationSize, actionSpec, activation, hidden, critic: criticOf(config) });
}

/**
 * Parameters to start from: orthogonal weights with gain √2, but 0.01 for the actor's head, so that it starts near one
 * action, and 1 for the critic's; biases 0; every σ `initialStd`.
 * @param action the continuous actions it starts near, default zeros
 */
export function initialParameters(
  layout: OnPolicyLayout,
  initialStd: number,
  random: Random,
  action: readonly number[] = [],
): Float32Array {
  const parameters = new Float32Array(layout.size);
  initializeLayers(layout.actor, 0.01, random, parameters);
  parameters.set(action, layout.actor.at(-1)!.bias);
  initializeLayers(layout.critic, 1, random, parameters);
  logStdOf(layout, parameters).fill(Math.log(initialStd));
  return parameters;
}

/** What a learner starts from: {@link initialParameters}, and no moments yet. */
export function initialState(
  layout: OnPolicyLayout,
  initialStd: number,
  random: Random,
  action?: readonly number[],
): OnPolicyState {
  const zeros = () => new Float32Array(layout.size);
  return {
    parameters: initialParameters(layout, initialStd, random, action),
    adam: { step: 0, mean: zeros(), square: zeros() },
  };
}

/** log σ, `[continuous]`, a view into the parameters. */
export function logStdOf({ logStd, actionSpec }: OnPolicyLayout, parameters: Float32Array): Float32Array {
  return parameters.subarray(logStd, logStd + actionSpec.continuous);
}
