import type { ArticulatedBody } from "../body/articulatedBody.js";
import { joinMirrors, type MirrorMap, mirrorOf, selectMirror } from "../body/mirror.js";
import { degreeOfFreedomNames } from "../body/spec.js";
import { InputError } from "../inputError.js";
import type { Sensor } from "./sensor.js";

export interface JointStateOptions {
  readonly name?: string;
  /**
   * `values` in rad (m), `rates` in rad/s (m/s), or `both`: all values, then all rates. `directions` are the sines, then
   * the cosines of angles, for joints that may turn round and round. Default both.
   */
  readonly read?: "values" | "rates" | "both" | "directions";
  /** Names of joint values (see `degreeOfFreedomNames`) that are looked at. Default all. */
  readonly joints?: readonly string[];
  /** Rates are cut at ± this. Default no cut. */
  readonly maxRate?: number;
}

/** Angles and velocities of joints, in the order of the body's degrees of freedom. */
export class JointStateSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  private readonly read: NonNullable<JointStateOptions["read"]>;
  private readonly maxRate: number;
  /** Which joint values are looked at. */
  private readonly indices: readonly number[];

  /** @throws InputError for a joint value that the body does not have */
  constructor(
    private readonly body: ArticulatedBody,
    options: JointStateOptions = {},
  ) {
    this.read = options.read ?? "both";
    this.name = options.name ?? (this.read === "both" ? "joints" : `joint-${this.read}`);
    this.maxRate = options.maxRate ?? Number.POSITIVE_INFINITY;
    const names = degreeOfFreedomNames(body.spec);
    for (const name of options.joints ?? []) {
      if (!names.includes(name)) {
        throw new InputError(
          `Sensor "${this.name}": body "${body.spec.name}" has no joint value "${name}"; it has ${names.join(", ")}.`,
        );
      }
    }
    this.indices = names.flatMap((name, i) =>
      options.joints === undefined || options.joints.includes(name) ? [i] : [],
    );
    this.size = this.indices.length * (this.read === "both" || this.read === "directions" ? 2 : 1);
  }

  mirror(): MirrorMap {
    const { indices, read } = this;
    const map = selectMirror(mirrorOf(this.body.spec).joints, indices);
    if (read === "both") return joinMirrors([map, map]);
    // Sines change their sign as their angles do, cosines never.
    return read === "directions" ? joinMirrors([map, { ...map, signs: map.signs.map(() => 1) }]) : map;
  }

  write(out: Float32Array, offset: number): void {
    const { jointValues, jointRates } = this.body;
    const { indices, read, maxRate } = this;
    const count = indices.length;
    if (read === "directions") {
      for (let i = 0; i < count; i++) {
        out[offset + i] = Math.sin(jointValues[indices[i]!]!);
        out[offset + count + i] = Math.cos(jointValues[indices[i]!]!);
      }
      return;
    }
    let at = offset;
    if (read !== "rates") {
      for (let i = 0; i < count; i++) out[at++] = jointValues[indices[i]!]!;
    }
    if (read !== "values") {
      for (let i = 0; i < count; i++) out[at++] = Math.max(-maxRate, Math.min(maxRate, jointRates[indices[i]!]!));
    }
  }
}
