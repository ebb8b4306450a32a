import type { EnvironmentParameters } from "../agent/environmentParameters.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Random } from "../random.js";

/**
 * Environment parameters that every scene reads: how its characters differ from episode to episode, and how well they
 * see. With the defaults nothing changes.
 */
export const VARIATION_PARAMETERS = {
  /** Factors on all lengths (masses stay), on all masses, on the friction of all parts, and on the stiffness, damping and strength of all drives. */
  "size-scale": 1,
  "mass-scale": 1,
  "friction-scale": 1,
  "strength-scale": 1,
  /** Each part's mass is multiplied by a number of its own from 1 ± this as well. */
  "mass-spread": 0,
  /** Standard deviation of the noise on every observed number, in its own unit. */
  "observation-noise": 0,
  /** Decisions by which observations come late, 0 … 16. */
  "observation-delay": 0,
} as const;

/** The longest delay, decisions. */
export const LONGEST_DELAY = 16;

/** Changes an agent's body for one episode. */
export class BodyVariation {
  /** Whether the body is other than specified. */
  private varied = false;

  constructor(private readonly body: ArticulatedBody) {}

  apply(parameters: EnvironmentParameters, random: Random): void {
    const size = variationOf(parameters, "size-scale");
    const mass = variationOf(parameters, "mass-scale");
    const friction = variationOf(parameters, "friction-scale");
    const strength = variationOf(parameters, "strength-scale");
    const spread = variationOf(parameters, "mass-spread");
    const plain = size === 1 && mass === 1 && friction === 1 && strength === 1 && spread === 0;
    if (plain && !this.varied) return;
    this.varied = !plain;
    this.body.scaleSize(size);
    for (let part = 0; part < this.body.bodies.length; part++) {
      this.body.scaleMass(part, mass * (spread > 0 ? random.uniform(1 - spread, 1 + spread) : 1));
      this.body.scaleFriction(part, friction);
    }
    for (const drive of this.body.drives) drive?.scaleStrength(strength);
  }
}

function variationOf(parameters: EnvironmentParameters, name: keyof typeof VARIATION_PARAMETERS): number {
  return parameters.getWithDefault(name, VARIATION_PARAMETERS[name]);
}

/** Shows observations late and with noise, as the environment parameters say. */
export class ObservationVariation {
  /** The last observations, a ring of rows. */
  private readonly past: Float32Array;
  private newest = 0;
  private delay = 0;
  private noise = 0;

  constructor(
    private readonly size: number,
    private readonly random: Random,
  ) {
    this.past = new Float32Array((LONGEST_DELAY + 1) * size);
  }

  /** True while observations have to go through `note` and `write`. */
  get active(): boolean {
    return this.delay > 0 || this.noise > 0;
  }

  begin(parameters: EnvironmentParameters): void {
    this.noise = Math.max(0, parameters.getWithDefault("observation-noise", 0));
    const delay = Math.round(parameters.getWithDefault("observation-delay", 0));
    this.delay = Math.max(0, Math.min(LONGEST_DELAY, delay));
  }

  /** Takes what is seen at the start of an episode: until something else arrives, that is what has been seen so far. */
  fill(observation: Float32Array): void {
    for (let row = 0; row <= LONGEST_DELAY; row++) this.past.set(observation, row * this.size);
  }

  /** Takes what is seen now, once per decision. */
  note(observation: Float32Array): void {
    this.newest = (this.newest + 1) % (LONGEST_DELAY + 1);
    this.past.set(observation, this.newest * this.size);
  }

  /** What the policy gets to see. */
  write(out: Float32Array, offset: number): void {
    const rows = LONGEST_DELAY + 1;
    const row = ((this.newest - this.delay + rows) % rows) * this.size;
    for (let i = 0; i < this.size; i++) {
      out[offset + i] = this.past[row + i]! + (this.noise > 0 ? this.noise * this.random.normal() : 0);
    }
  }
}
