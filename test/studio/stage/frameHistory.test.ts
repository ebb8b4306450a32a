import { describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { FrameLayout, POSE } from "../../../src/studio/stage/frameLayout.js";
import type { Frame } from "../../../src/studio/stage/protocol.js";
import { FrameHistory } from "../../../src/studio/stage/view/frameHistory.js";

const layout = new FrameLayout(hopper.character.body, 1);
const INTERVAL = 20;

/** The first part at z, turned by an angle about y. */
function frameAt(at: number, z: number, angle: number): Frame {
  const values = new Float32Array(layout.length);
  for (let i = 0; i < layout.jointsAt; i += POSE) values[i + 6] = 1;
  values[2] = z;
  values[4] = Math.sin(angle / 2);
  values[6] = Math.cos(angle / 2);
  return { load: 1, at, interval: INTERVAL, focusX: 0, focusZ: 0, boxes: 0, contacts: 0, values };
}

function createHistory() {
  const back: Frame[] = [];
  const history = new FrameHistory(layout, (frame) => back.push(frame));
  const out = new Float32Array(layout.length);
  /** Shows the moment that far behind the newest picture, in intervals. */
  const at = (now: number) => {
    history.sample(now, out);
    return out;
  };
  return { history, back, at };
}

describe("the pictures of the stage", () => {
  it("are shown a little late, evenly between each other", () => {
    const { history, at } = createHistory();
    expect(history.sample(0, new Float32Array(layout.length))).toBe(false);
    for (let i = 0; i < 4; i++) history.add(frameAt(1000 + i * INTERVAL, 0.1 * i, 0.2 * i));
    // 1.6 intervals behind.
    for (const shown of [1010, 1025, 1033, 1050]) {
      const out = at(shown + 1.6 * INTERVAL);
      expect(out[2]).toBeCloseTo((0.1 * (shown - 1000)) / INTERVAL, 5);
      expect(2 * Math.atan2(out[4]!, out[6]!)).toBeCloseTo((0.2 * (shown - 1000)) / INTERVAL, 3);
    }
    expect(at(5000)[2]).toBeCloseTo(0.3, 6);
    expect(at(0)[2]).toBe(0);
  });

  it("do not fly from a fall to the new start, and turn the short way", () => {
    const { history, at } = createHistory();
    history.add(frameAt(1000, 5, 0));
    history.add(frameAt(1020, 0, 0));
    expect(at(1010 + 32)[2]).toBe(0);
    const turned = createHistory();
    turned.history.add(frameAt(1000, 0, 0.1));
    const flipped = frameAt(1020, 0, 0.3);
    for (let i = 3; i < POSE; i++) flipped.values[i]! *= -1;
    turned.history.add(flipped);
    const out = turned.at(1010 + 32);
    expect(Math.abs(2 * Math.atan(out[4]! / out[6]!))).toBeCloseTo(0.2, 4);
  });

  it("go back when they are not needed any more", () => {
    const { history, back } = createHistory();
    const frames = [0, 1, 2, 3, 4, 5].map((i) => frameAt(i * INTERVAL, i, 0));
    for (const frame of frames) history.add(frame);
    expect(back).toEqual(frames.slice(0, 2));
    expect(history.newest).toBe(frames[5]);
  });
});
