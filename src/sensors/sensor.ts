import type { MirrorMap } from "../body/mirror.js";

/**
 * One block of an agent's observation. Sensors only look: `write` changes nothing, so it may be called twice.
 */
export interface Sensor {
  readonly name: string;
  /** Numbers that `write` puts into the observation. */
  readonly size: number;
  /** Fills `out[offset … offset + size − 1]`. */
  write(out: Float32Array, offset: number): void;
  /** What the numbers become when everything is seen in the mirror; without it the sensor has no mirror image. */
  mirror?(): MirrorMap;
  /** Name of the sensor of whose numbers `mirror` speaks; without it, of its own. */
  readonly opposite?: string;
  /** Called once per decision, before `write`; for sensors that remember. */
  update?(): void;
  /** Called when an episode begins. */
  reset?(): void;
}
