import type { GaitRecording } from "../../src/task/gait/recording.js";

export interface WalkOptions {
  readonly seconds?: number;
  /** Steps of 0.01 s in a stride. Default 100, a second. */
  readonly stride?: number;
  /** By foot: the share of the stride that it is down, and how much later than the first it comes down. */
  readonly feet?: Readonly<Record<string, readonly [duty: number, late: number]>>;
  /** m/s along +z. Default 1.3. */
  readonly speed?: number;
  /** rad; default 0, +z. */
  readonly heading?: number;
  /** Sway from side to side along x, once per stride, m. Default 0. */
  readonly sway?: number;
  /** W */
  readonly power?: number;
}

export const WALKING = { "left-foot": [0.6, 0], "right-foot": [0.6, 0.5] } as const;

/**
 * A gait made by rule: the first foot comes down at 0.2 s and then once per stride, and one joint swings as the sine of
 * its phase. 60 kg, 0.9 m high, at 0.88 m.
 */
export function walk(options: WalkOptions = {}): GaitRecording {
  const { seconds = 12, stride = 100, feet = WALKING, speed = 1.3, heading = 0, sway = 0, power = 260 } = options;
  const dt = 0.01;
  const steps = Math.round(seconds / dt);
  const phase = (step: number, late: number) => (((step - 20 - late * stride) % stride) + stride) % stride;
  const each = <T>(value: (step: number) => T) => Array.from({ length: steps }, (_, step) => value(step));
  const angle = (step: number) => (2 * Math.PI * phase(step, 0)) / stride;
  return {
    dt,
    steps,
    feet: Object.keys(feet),
    joints: ["knee"],
    contacts: Uint8Array.from(
      each((step) =>
        Object.values(feet).map(([duty, late]) => (phase(step, late) < duty * stride - 1e-9 ? 1 : 0)),
      ).flat(),
    ),
    root: Float32Array.from(each((step) => [sway * Math.sin(angle(step)), 0.88, speed * step * dt]).flat()),
    rootHeights: new Float32Array(steps).fill(0.88),
    headings: new Float32Array(steps).fill(heading),
    jointValues: Float32Array.from(each((step) => Math.sin(angle(step)))),
    power: new Float32Array(steps).fill(power),
    mass: 60,
    startHeight: 0.9,
  };
}
