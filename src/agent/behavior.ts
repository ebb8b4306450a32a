import { InputError } from "../inputError.js";
import type { ActionSpec, Policy } from "../policy/policy.js";

/**
 * Who decides for an agent: its model or, without one, its heuristic (`default`; a trainer may take over); always the
 * heuristic; always the model, even while others train.
 */
export type BehaviorType = "default" | "heuristic-only" | "inference-only";

/** What the agents of one kind share; the names are those of ML-Agents. */
export interface BehaviorParameters {
  readonly name: string;
  /** Numbers that `collectObservations` adds, apart from what sensors see. Default 0. */
  readonly vectorObservationSize?: number;
  /** How many of the last observations of `collectObservations` are shown together. Default 1. */
  readonly stackedVectors?: number;
  /** Actions that `onActionReceived` handles, apart from what actuators take. Default none. */
  readonly actionSpec?: ActionSpec;
  readonly model?: Policy;
  /**
   * Whether the model should take its best action (true) or draw one (false); the model must have been loaded that way.
   * Default: as it was loaded.
   */
  readonly deterministicInference?: boolean;
  readonly type?: BehaviorType;
}

/** @throws InputError for a size or type that is not allowed. */
export function validateBehavior(behavior: BehaviorParameters): void {
  const fail = (what: string): never => {
    throw new InputError(`Behaviour "${behavior.name}": ${what}.`);
  };
  const {
    vectorObservationSize = 0,
    stackedVectors = 1,
    actionSpec = { continuous: 0, discrete: [] },
    type,
  } = behavior;
  if (!Number.isInteger(vectorObservationSize) || vectorObservationSize < 0) {
    fail(`vectorObservationSize is ${vectorObservationSize}, allowed is a whole number from 0`);
  }
  if (!Number.isInteger(stackedVectors) || stackedVectors < 1) {
    fail(`stackedVectors is ${stackedVectors}, allowed is a whole number from 1`);
  }
  if (!Number.isInteger(actionSpec.continuous) || actionSpec.continuous < 0) {
    fail(`actionSpec.continuous is ${actionSpec.continuous}, allowed is a whole number from 0`);
  }
  if (actionSpec.discrete.some((options) => !Number.isInteger(options) || options < 1)) {
    fail(`actionSpec.discrete is [${actionSpec.discrete}], allowed are whole numbers from 1`);
  }
  const { deterministicInference, model } = behavior;
  if (model && deterministicInference !== undefined && model.deterministic !== deterministicInference) {
    const [wanted, given] = deterministicInference
      ? ["deterministic", "draws its actions"]
      : ["sampled", "is deterministic"];
    fail(
      `it asks for ${wanted} inference, but its model ${given}; load the model with { deterministic: ${deterministicInference} }`,
    );
  }
  if (type === "inference-only" && !behavior.model) fail(`type "inference-only" needs a model`);
}
