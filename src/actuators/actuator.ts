import type { MirrorMap } from "../body/mirror.js";
import type { ActionSpec } from "../policy/policy.js";

/** Carries part of an agent's action out. */
export interface Actuator {
  readonly name: string;
  readonly actionSpec: ActionSpec;
  /** One name per continuous action, then one per branch. */
  readonly actionNames: readonly string[];
  /** What its continuous actions become when everything is seen in the mirror; without it there is no mirror image. */
  mirror?(): MirrorMap;
  /** Continuous actions that ask for the start pose; without it all are 0. */
  startAction?(): readonly number[];
  /**
   * @param actions one agent's row: all continuous actions in [-1, 1], then one index per branch
   * @param continuousOffset where this actuator's continuous actions begin
   * @param discreteOffset where its branches begin
   */
  apply(actions: Float32Array, continuousOffset: number, discreteOffset: number): void;
}
