/** One named block of the observation vector, in the order in which the policy sees the blocks. */
export interface ObservationBlock {
  readonly name: string;
  readonly size: number;
}

/**
 * Legwork's own description of a policy. It travels inside the ONNX file (`metadata_props`, key `legwork`, JSON) and is
 * checked against the agent when the model is loaded.
 */
export interface ModelMetadata {
  readonly format: 1;
  readonly scene: string;
  readonly behavior: string;
  /** Hash of the body specification, see `hashBody`. Empty for agents without a body. */
  readonly bodyHash: string;
  readonly observations: readonly ObservationBlock[];
  readonly actions: readonly string[];
  /** Seconds of one physics step. */
  readonly physicsDt: number;
  /** Seconds between two decisions, `physicsDt × decisionPeriod`. */
  readonly controlDt: number;
  readonly trainer: string;
  readonly seed: number;
  /** Environment steps (decisions over all agents) that the policy was trained for. */
  readonly steps: number;
  /** The gait that it was trained for, a name or a file; absent: the scene's own. */
  readonly gait?: string;
  /** Environment parameters that differ from the task's when the policy is to be judged, such as its target speed. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Mean return of the last evaluation or training episodes, null when none has finished. */
  readonly score: number | null;
}

export const METADATA_KEY = "legwork";
