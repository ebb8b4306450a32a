import { layersOf } from "../../src/nn/layerPlaces.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import type { OnPolicyTrainer } from "../../src/train/onPolicy/trainer.js";

/** V(s) of each row, or Q(s, a) where the rows have actions, too, by the plain forward pass of `MlpPolicy`. @param observations normalised */
export function criticValues(
  { layout, state }: OnPolicyTrainer,
  observations: readonly (readonly number[])[],
): number[] {
  const { activation } = layout;
  const observationSize = layout.critic[0]!.inputs;
  const critic = new MlpPolicy({
    observationSize,
    activation,
    actionSpec: { continuous: 1, discrete: [] },
    normalizer: null,
    layers: layersOf(layout.critic, state.parameters),
    squash: "clip",
    logStd: new Float32Array(1),
  });
  return [...critic.forward(Float32Array.from(observations.flat()), observations.length)];
}
