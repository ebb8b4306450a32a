import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Sensor } from "./sensor.js";

export interface JointStateOptions {
  readonly name?: string;
  /** `values` in rad (m), `rates` in rad/s (m/s), or `both`: all values, then all rates. Default both. */
  readonly read?: "values" | "rates" | "both";
  /** Rates are cut at ± this. Default no cut. */
  readonly maxRate?: number;
}

/** Angles and velocities of all joints, in the order of the body's degrees of freedom. */
export class JointStateSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  private readonly withValues: boolean;
  private readonly withRates: boolean;
  private readonly maxRate: number;

  constructor(
    private readonly body: ArticulatedBody,
    options: JointStateOptions = {},
  ) {
    const read = options.read ?? "both";
    this.name = options.name ?? (read === "both" ? "joints" : `joint-${read}`);
    this.withValues = read !== "rates";
    this.withRates = read !== "values";
    this.maxRate = options.maxRate ?? Number.POSITIVE_INFINITY;
    this.size = body.jointValues.length * (read === "both" ? 2 : 1);
  }

  write(out: Float32Array, offset: number): void {
    const { jointValues, jointRates } = this.body;
    let at = offset;
    if (this.withValues) {
      for (let i = 0; i < jointValues.length; i++) out[at++] = jointValues[i]!;
    }
    if (this.withRates) {
      for (let i = 0; i < jointRates.length; i++) {
        out[at++] = Math.max(-this.maxRate, Math.min(this.maxRate, jointRates[i]!));
      }
    }
  }
}
