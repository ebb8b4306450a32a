import type { SteppedWorld } from "../../src/agent/academy.js";
import type { ActionBuffers, DiscreteActionMask } from "../../src/agent/actionBuffers.js";
import { Agent, type AgentOptions } from "../../src/agent/agent.js";
import type { BehaviorParameters } from "../../src/agent/behavior.js";
import type { ActionSpec, Policy } from "../../src/policy/policy.js";
import type { VectorSensor } from "../../src/sensors/vectorSensor.js";

export const TWO_CONTINUOUS: ActionSpec = { continuous: 2, discrete: [] };
export const HYBRID: ActionSpec = { continuous: 2, discrete: [3, 2] };

/** A world that only notes that it was stepped. */
export function recordingWorld(log: string[]): SteppedWorld {
  return { step: () => void log.push("world") };
}

/** An agent without a body: it observes its own name's number and its step, and writes down what is done to it. */
export class RecordingAgent extends Agent {
  /** What `heuristic` answers, continuous then discrete. */
  decision: readonly number[] = [];
  /** Options that `writeDiscreteActionMask` forbids, as [branch, option]. */
  forbidden: readonly (readonly [number, number])[] = [];
  observation: readonly number[] = [];
  onAction: ((actions: ActionBuffers) => void) | null = null;
  onStepEnd: (() => void) | null = null;

  constructor(
    readonly id: string,
    readonly log: string[],
    behavior: Partial<BehaviorParameters> = {},
    options: AgentOptions = {},
  ) {
    super({ name: "test", actionSpec: TWO_CONTINUOUS, ...behavior }, options);
  }

  override initialize(): void {
    this.note("initialize");
  }
  override onEpisodeBegin(): void {
    this.note("begin");
  }
  override collectObservations(sensor: VectorSensor): void {
    this.note("observe");
    sensor.addObservation(...this.observation);
  }
  override writeDiscreteActionMask(mask: DiscreteActionMask): void {
    this.note("mask");
    for (const [branch, option] of this.forbidden) mask.setActionEnabled(branch, option, false);
  }
  override heuristic(actionsOut: ActionBuffers): void {
    this.note("decide");
    const { continuousActions, discreteActions } = actionsOut;
    this.decision.forEach((value, i) => {
      if (i < continuousActions.length) continuousActions[i] = value;
      else discreteActions[i - continuousActions.length] = value;
    });
  }
  override onActionReceived(actions: ActionBuffers): void {
    this.note(`act ${[...actions.continuousActions, ...actions.discreteActions].join(" ")}`);
    this.onAction?.(actions);
  }
  override onDecisionStepEnd(): void {
    this.note("end of step");
    this.onStepEnd?.();
  }

  private note(what: string): void {
    this.log.push(`${this.id} ${what}`);
  }
}

/** A model that notes what it is asked and answers with the given rows. */
export function recordingModel(
  observationSize: number,
  actionSpec: ActionSpec,
  answer: (row: Float32Array, observation: Float32Array) => void,
  options: { log?: string[]; delay?: () => Promise<void> } = {},
): Policy & { readonly masks: number[][] } {
  const masks: number[][] = [];
  return {
    observationSize,
    actionSpec,
    deterministic: true,
    masks,
    act(observations, actions, count, given) {
      options.log?.push(`model ${count}`);
      masks.push(given ? Array.from(given) : []);
      const width = actionSpec.continuous + actionSpec.discrete.length;
      const fill = () => {
        for (let i = 0; i < count; i++) {
          answer(
            actions.subarray(i * width, (i + 1) * width),
            observations.subarray(i * observationSize, (i + 1) * observationSize),
          );
        }
      };
      if (options.delay) return options.delay().then(fill);
      fill();
      return undefined;
    },
  };
}
