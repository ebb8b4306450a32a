import type { Activation } from "../../../src/policy/network.js";
import type { ActionSpec } from "../../../src/policy/policy.js";
import type { Random } from "../../../src/random.js";
import { initialParameters, type OnPolicyLayout, onPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyState } from "../../../src/train/onPolicy/learner.js";
import { gaussianLogProbabilityAt } from "../../support/gaussian.js";

export const OBSERVATION_SIZE = 11;

export function layoutFor(actionSpec: ActionSpec, hidden: readonly number[], activation: Activation): OnPolicyLayout {
  return onPolicyLayout({ observationSize: OBSERVATION_SIZE, actionSpec, activation, hidden });
}

export function initialState(layout: OnPolicyLayout, random: Random): OnPolicyState {
  const zeros = () => new Float32Array(layout.size);
  const parameters = initialParameters(layout, 1, random);
  return { parameters, adam: { step: 0, mean: zeros(), square: zeros() } };
}

export const SETTINGS: LearnSettings = {
  epochs: 2,
  batchSize: 64,
  learningRate: 3e-4,
  epsilon: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.01,
  normalizeAdvantages: true,
  targetKl: null,
};

/** Random transitions, as if from a policy near the initial one. */
export function randomBatch({ actionSpec }: OnPolicyLayout, size: number, random: Random): OnPolicyBatch {
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
  const { continuous, discrete } = actionSpec;
  const width = continuous + discrete.length;
  const actions = new Float32Array(size * width);
  const options = discrete.reduce((sum, count) => sum + count, 0);
  const masks = new Float32Array(size * options).fill(1);
  const logProbabilities = new Float32Array(size);
  const standard = new Float32Array(continuous);
  for (let row = 0; row < size; row++) {
    for (let j = 0; j < continuous; j++) actions[row * width + j] = random.normal();
    const logProbability = gaussianLogProbabilityAt(standard, 0, standard, actions, row * width, continuous);
    logProbabilities[row] = logProbability + 0.1 * random.normal();
    let offset = row * options;
    discrete.forEach((count, branch) => {
      const choice = random.integer(count);
      actions[row * width + continuous + branch] = choice;
      logProbabilities[row]! -= Math.log(count);
      // One of the others is forbidden.
      masks[offset + ((choice + 1) % count)] = 0;
      offset += count;
    });
  }
  const observations = normals(size * OBSERVATION_SIZE);
  return { size, observations, actions, masks, logProbabilities, advantages: normals(size), returns: normals(size) };
}
