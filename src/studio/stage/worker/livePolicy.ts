import type { CheckedModel } from "../../../inference/compatibility.js";
import { type ActionSpec, actionSize, type Policy } from "../../../policy/policy.js";

/** The policy of the characters on the stage, which can be replaced while they move; without one they keep still. */
export class LivePolicy implements Policy, CheckedModel {
  readonly name = "of the stage";
  readonly metadata = null;
  readonly deterministic = true;
  private current: Policy | null = null;

  constructor(
    readonly observationSize: number,
    readonly actionSpec: ActionSpec,
  ) {}

  /** @param policy one that fits */
  set(policy: Policy | null): void {
    this.current?.dispose?.();
    this.current = policy;
  }

  act(observations: Float32Array, actions: Float32Array, count: number, masks?: Float32Array): void | Promise<void> {
    if (this.current) return this.current.act(observations, actions, count, masks);
    actions.fill(0, 0, count * actionSize(this.actionSpec));
  }

  dispose(): void {
    this.set(null);
  }
}
