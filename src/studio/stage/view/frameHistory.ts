import { type FrameLayout, POSE } from "../frameLayout.js";
import type { Frame } from "../protocol.js";

/** Pictures that are kept: two to go between, and one or two that have come early. */
const KEPT = 4;
/** How far behind the newest picture the display is, in intervals between pictures: timers are not exact. */
const DELAY = 1.6;
/** A part that moves further from one picture to the next has been put elsewhere, m. */
const JUMP = 0.6;

/** The newest pictures of the stage, and what lies between them, so that motion is even whatever the timers do. */
export class FrameHistory {
  private readonly frames: Frame[] = [];

  /** @param giveBack takes pictures that are not needed any more */
  constructor(
    private readonly layout: FrameLayout,
    private readonly giveBack: (frame: Frame) => void,
  ) {}

  get newest(): Frame | null {
    return this.frames.at(-1) ?? null;
  }

  add(frame: Frame): void {
    if (this.frames.length === KEPT) this.giveBack(this.frames.shift()!);
    this.frames.push(frame);
  }

  /** Writes the numbers of the moment that is to be seen, laid out by the layout. @param now ms since 1970 @returns false before the first */
  sample(now: number, out: Float32Array): boolean {
    const { newest, frames } = this;
    if (!newest) return false;
    const shown = now - DELAY * newest.interval;
    let i = frames.length - 1;
    while (i > 0 && frames[i]!.at > shown) i--;
    const from = frames[i]!;
    const to = frames[i + 1] ?? from;
    const way = to.at > from.at ? Math.min(1, Math.max(0, (shown - from.at) / (to.at - from.at))) : 1;
    this.mix(from.values, to.values, way, out);
    return true;
  }

  private mix(from: Float32Array, to: Float32Array, way: number, out: Float32Array): void {
    const { jointsAt, boxesAt, contactsAt, length } = this.layout;
    for (let at = 0; at < jointsAt; at += POSE) mixPose(from, to, way, out, at);
    for (let i = jointsAt; i < boxesAt; i++) out[i] = from[i]! + way * (to[i]! - from[i]!);
    for (let at = boxesAt; at < contactsAt; at += POSE) mixPose(from, to, way, out, at);
    for (let i = contactsAt; i < length; i++) out[i] = to[i]!;
  }
}

function mixPose(from: Float32Array, to: Float32Array, way: number, out: Float32Array, at: number): void {
  const dx = to[at]! - from[at]!;
  const dy = to[at + 1]! - from[at + 1]!;
  const dz = to[at + 2]! - from[at + 2]!;
  const jumps = dx * dx + dy * dy + dz * dz > JUMP * JUMP;
  const part = jumps ? 1 : way;
  out[at] = from[at]! + part * dx;
  out[at + 1] = from[at + 1]! + part * dy;
  out[at + 2] = from[at + 2]! + part * dz;
  let cosine = 0;
  for (let i = at + 3; i < at + POSE; i++) cosine += from[i]! * to[i]!;
  // Both signs of a quaternion are the same rotation.
  const sign = cosine < 0 ? -1 : 1;
  let square = 0;
  for (let i = at + 3; i < at + POSE; i++) {
    out[i] = (1 - part) * sign * from[i]! + part * to[i]!;
    square += out[i]! * out[i]!;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let i = at + 3; i < at + POSE; i++) out[i]! *= scale;
}
