import { initializeLayers, type LayerPlace, placeLayers } from "../../nn/layerPlaces.js";
import type { Activation } from "../../policy/network.js";
import { maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";

export interface ActorCriticShape {
  readonly observationSize: number;
  readonly actionSize: number;
  /** Where actions are discrete, all of them are: the options of each branch. */
  readonly discrete?: readonly number[];
  readonly activation: Activation;
  /** Units of each hidden layer, of the actor and of the critics. */
  readonly hidden: readonly number[];
}

/** What the algorithms differ in. */
export interface ActorCriticKind {
  /** Numbers that the actor says of each continuous action: its mean; or that and what becomes log σ. */
  readonly headsPerAction: 1 | 2;
  readonly critics: 1 | 2;
  /** Whether a copy of the actor follows it, too. */
  readonly targetActor: boolean;
}

/** All networks of an off-policy learner as one flat vector `[size]`: actor, critics, then the targets that follow them. */
export interface ActorCriticLayout extends ActorCriticShape {
  /** `[B, observationSize]` → `[B, headsPerAction · actionSize]`: means, then the rest; or `[B, options]`: logits. */
  readonly actor: readonly LayerPlace[];
  /** `[B, observationSize + actionSize]` → `[B, 1]`; or, of discrete actions, `[B, observationSize]` → `[B, options]` */
  readonly critics: readonly (readonly LayerPlace[])[];
  /** Null where there is none. */
  readonly targetActor: readonly LayerPlace[] | null;
  readonly targetCritics: readonly (readonly LayerPlace[])[];
  /** Numbers of the actor, which come first, and of all that is learnt: actor and critics. */
  readonly actorSize: number;
  readonly learntSize: number;
  readonly size: number;
}

export function actorCriticLayout(
  shape: ActorCriticShape,
  { headsPerAction, critics: count, targetActor: hasTargetActor }: ActorCriticKind,
): ActorCriticLayout {
  const { observationSize, actionSize, discrete, hidden } = shape;
  const options = discrete && maskSize({ continuous: 0, discrete });
  let size = 0;
  const network = (inputs: number, outputs: number): LayerPlace[] => {
    const { layers, end } = placeLayers(size, [inputs, ...hidden, outputs]);
    size = end;
    return layers;
  };
  const actorNetwork = () => network(observationSize, options ?? headsPerAction * actionSize);
  const criticNetwork = () => (options ? network(observationSize, options) : network(observationSize + actionSize, 1));
  const criticNetworks = () => Array.from({ length: count }, criticNetwork);
  const actor = actorNetwork();
  const actorSize = size;
  const critics = criticNetworks();
  const learntSize = size;
  const targetActor = hasTargetActor ? actorNetwork() : null;
  const targetCritics = criticNetworks();
  return { ...shape, actor, critics, targetActor, targetCritics, actorSize, learntSize, size };
}

/** Orthogonal weights with gain √2, 0.01 for the actor's head and 1 for the critics'; targets equal to what they follow. */
export function initialParameters(layout: ActorCriticLayout, random: Random): Float32Array {
  const parameters = new Float32Array(layout.size);
  initializeLayers(layout.actor, 0.01, random, parameters);
  for (const critic of layout.critics) initializeLayers(critic, 1, random, parameters);
  followLearnt(layout, parameters, 1);
  return parameters;
}

/** Moves the targets towards what they follow: θ′ ← θ′ + τ (θ − θ′) (Polyak averaging). */
export function followLearnt({ learntSize, size }: ActorCriticLayout, parameters: Float32Array, tau: number): void {
  const targets = size - learntSize;
  for (let i = learntSize; i < size; i++) parameters[i]! += tau * (parameters[i - targets]! - parameters[i]!);
}
