import type { ArticulatedBody } from "../body/articulatedBody.js";

/** A contact, or a gap in one, that is shorter than this is chatter of the sole and does not count, s. */
export const CHATTER = 0.05;

/** How the feet of a body meet the ground, step by step; one entry per foot, in the order of the body's `feet`. */
export class Feet {
  /** Numbers of the feet among the body's parts. */
  readonly parts: readonly number[];
  /** 1 while the foot is on the ground, or has left it just now. */
  readonly down: Uint8Array;
  /** 1 in the step in which the foot has come down. */
  readonly landed: Uint8Array;
  /** Seconds since the foot has left the ground; in the step of landing, the length of the swing that is over; then 0. */
  readonly airSeconds: Float32Array;
  /** Seconds since the foot has come down; 0 while it is in the air. */
  readonly groundSeconds: Float32Array;
  /** Height of the foot's centre while its sole is flat on the ground, m. */
  private readonly flatHeights: Float32Array;

  /** @param startHeights of the body's parts above the ground in the start pose, m, as specified; soles are flat there */
  constructor(
    private readonly body: ArticulatedBody,
    startHeights: Float32Array,
  ) {
    this.parts = (body.spec.feet ?? []).map((foot) => body.partIndex(foot));
    this.down = new Uint8Array(this.parts.length);
    this.landed = new Uint8Array(this.parts.length);
    this.airSeconds = new Float32Array(this.parts.length);
    this.groundSeconds = new Float32Array(this.parts.length);
    this.flatHeights = Float32Array.from(this.parts, (part) => startHeights[part]!);
    body.watchContacts(this.parts);
    this.begin();
  }

  get count(): number {
    return this.parts.length;
  }

  get airborne(): boolean {
    return !this.down.includes(1);
  }

  /** Everything as at the start of an episode: on the ground. */
  begin(): void {
    this.down.fill(1);
    this.landed.fill(0);
    this.airSeconds.fill(0);
    this.groundSeconds.fill(0);
  }

  /** Looks at the contacts after a control step of `dt` seconds. */
  update(dt: number): void {
    const { parts, down, landed, airSeconds, groundSeconds } = this;
    for (let i = 0; i < parts.length; i++) {
      const contact = this.body.contacts[parts[i]!]!;
      // The swing that ended in the last step is over.
      if (landed[i]) airSeconds[i] = 0;
      landed[i] = contact && !down[i] ? 1 : 0;
      if (!contact) airSeconds[i]! += dt;
      else if (!landed[i]) airSeconds[i] = 0;
      down[i] = contact || airSeconds[i]! < CHATTER ? 1 : 0;
      groundSeconds[i] = down[i] && !landed[i] ? groundSeconds[i]! + dt : 0;
    }
  }

  /** Of the foot's centre above its height with a flat sole, m. */
  clearance(foot: number): number {
    return this.body.heightAbove(this.parts[foot]!) - this.flatHeights[foot]! * this.body.size;
  }

  /** Speed of the foot's centre over the ground, m/s. */
  groundSpeed(foot: number): number {
    const i = this.parts[foot]! * 3;
    const { linearVelocities: v } = this.body;
    return Math.sqrt(v[i]! * v[i]! + v[i + 2]! * v[i + 2]!);
  }
}
