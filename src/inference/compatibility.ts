import { InputError } from "../inputError.js";
import type { ModelMetadata, ObservationBlock } from "../policy/modelMetadata.js";
import type { ActionSpec } from "../policy/policy.js";

/** The part of a loaded model that can be compared with an agent; an `OnnxPolicy` is one. */
export interface CheckedModel {
  readonly name: string;
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly metadata: ModelMetadata | null;
}

/** What the agent that a model shall drive looks like. */
export interface ModelExpectation {
  readonly observations: readonly ObservationBlock[];
  readonly actionSpec: ActionSpec;
  /** Name of every action, continuous ones first, then one per branch. Left out, only the sizes are compared. */
  readonly actions?: readonly string[];
  /** Seconds. */
  readonly physicsDt: number;
  /** Seconds. */
  readonly controlDt: number;
  /** Empty for agents without a body. */
  readonly bodyHash: string;
  readonly scene?: string;
}

/**
 * Checks that a model belongs to an agent: sizes, and where the model carries Legwork's metadata also observation blocks,
 * action names, clocks, body and scene.
 * @throws InputError that names the first difference.
 */
export function checkModel(model: CheckedModel, expected: ModelExpectation): void {
  if (expected.scene !== undefined) checkModelScene(model, expected.scene);
  const difference =
    (model.metadata && observationDifference(model.metadata.observations, expected.observations)) ??
    sizeDifference(model, expected) ??
    (model.metadata && metadataDifference(model.metadata, expected));
  if (difference) throw new InputError(`Model ${model.name} does not fit this agent: ${difference}.`);
}

/**
 * Checks that a model belongs to a scene, as far as it says; to be asked before anything is built for it.
 * @throws InputError
 */
export function checkModelScene({ name, metadata }: CheckedModel, scene: string): void {
  if (metadata && metadata.scene !== scene) {
    throw new InputError(
      `Model ${name} does not fit this agent: it was trained in scene "${metadata.scene}", but the agent is in "${scene}".`,
    );
  }
}

/** The sensors that a model has been trained with; null where it does not say. */
export function sensorsOf({ metadata }: CheckedModel): readonly string[] | null {
  return metadata?.observations.map(({ name }) => name) ?? null;
}

function observationDifference(
  model: readonly ObservationBlock[],
  agent: readonly ObservationBlock[],
): string | undefined {
  for (let i = 0; i < Math.max(model.length, agent.length); i++) {
    const has = describeBlock(agent[i]);
    const wants = describeBlock(model[i]);
    if (has !== wants) return `observation block ${i} is ${wants} in the model, but ${has} in the agent`;
  }
  return undefined;
}

function describeBlock(block: ObservationBlock | undefined): string {
  return block === undefined ? "missing" : `"${block.name}" with ${block.size} numbers`;
}

function sizeDifference(model: CheckedModel, expected: ModelExpectation): string | undefined {
  const observations = expected.observations.reduce((sum, block) => sum + block.size, 0);
  if (model.observationSize !== observations) {
    return `it takes ${model.observationSize} observations, but the agent gives ${observations}`;
  }
  const wants = describeActions(expected.actionSpec);
  const gives = describeActions(model.actionSpec);
  return gives === wants ? undefined : `it gives ${gives}, but the agent takes ${wants}`;
}

function describeActions({ continuous, discrete }: ActionSpec): string {
  return `${continuous} continuous actions and discrete branches [${discrete.join(", ")}]`;
}

function metadataDifference(metadata: ModelMetadata, expected: ModelExpectation): string | undefined {
  const names = expected.actions ?? metadata.actions;
  const index = names.findIndex((name, i) => name !== metadata.actions[i]);
  if (index >= 0) {
    return `action ${index} is "${metadata.actions[index]}" in the model, but "${names[index]}" in the agent`;
  }
  for (const clock of ["physicsDt", "controlDt"] as const) {
    if (Math.abs(metadata[clock] - expected[clock]) > 1e-6 * expected[clock]) {
      return `it was trained with ${clock} ${metadata[clock]} s, but the agent runs with ${expected[clock]} s`;
    }
  }
  if (metadata.bodyHash !== expected.bodyHash) {
    return `it was trained on another body (hash ${shortHash(metadata.bodyHash)}, the agent's is ${shortHash(expected.bodyHash)})`;
  }
  return undefined;
}

function shortHash(hash: string): string {
  return hash === "" ? "none" : hash.slice(0, 12);
}
