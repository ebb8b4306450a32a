import { describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { FrameLayout } from "../../../src/studio/stage/frameLayout.js";
import type { Frame } from "../../../src/studio/stage/protocol.js";
import { StageLoop, TICK } from "../../../src/studio/stage/worker/stageLoop.js";
import type { StageWorld } from "../../../src/studio/stage/worker/stageWorld.js";

const DT = 1 / 120;

/** A loop around a world whose steps cost so many ms, on a clock that the test moves. */
function createLoop(stepCost = 0) {
  const time = { now: 1_700_000_000_000, steps: 0 };
  const frames: Frame[] = [];
  const world = {
    dt: DT,
    layout: new FrameLayout(hopper.character.body, 1),
    focus: { x: 1, z: 2 },
    boxes: { count: 0 },
    contacts: { count: 0 },
    stepAsync: async () => {
      time.steps++;
      time.now += stepCost;
    },
    write: (out: Float32Array) => out.fill(time.steps),
  } as unknown as StageWorld;
  const loop = new StageLoop(
    world,
    7,
    () => time.now,
    (frame) => frames.push(frame),
  );
  const tickAsync = async (count: number, ms = TICK) => {
    for (let i = 0; i < count; i++) {
      time.now += ms;
      await loop.tickAsync();
      for (const frame of frames.slice(-1)) loop.giveBack(frame.values);
    }
  };
  return { loop, time, frames, tickAsync };
}

describe("the stage's loop", () => {
  it.each([
    { speed: 1, steps: 120 },
    { speed: 0.25, steps: 30 },
    { speed: 2, steps: 240 },
    { speed: 4, steps: 480 },
  ])("simulates $speed s in a second", async ({ speed, steps }) => {
    const { loop, time, frames, tickAsync } = createLoop();
    loop.speed = speed;
    await tickAsync(60);
    expect(time.steps).toBeGreaterThanOrEqual(steps - 1);
    expect(time.steps).toBeLessThanOrEqual(steps);
    // Each picture says exactly when the world was so.
    const [first, last] = [frames[2]!, frames.at(-1)!];
    const simulated = (last.values[0]! - 0) * DT;
    expect(last.at - (time.now - 1000)).toBeCloseTo((1000 * simulated) / speed, 0);
    expect(first).toMatchObject({ load: 7, focusX: 1, focusZ: 2 });
    expect(first.interval).toBeCloseTo(Math.max(TICK, (1000 * DT) / speed));
  });

  it("gives time up where steps cost too much, and after a long pause", async () => {
    const slow = createLoop(30);
    await slow.tickAsync(10, 100);
    expect(slow.time.steps).toBeLessThanOrEqual(30);
    const asleep = createLoop();
    await asleep.tickAsync(1, 60_000);
    expect(asleep.time.steps).toBeLessThanOrEqual(12);
  });

  it("stands still while it is paused, and sends a picture only where something else has changed", async () => {
    const { loop, time, frames, tickAsync } = createLoop();
    loop.running = false;
    await tickAsync(10);
    expect(time.steps).toBe(0);
    expect(frames).toHaveLength(1);
    loop.stale = true;
    await tickAsync(10);
    expect(frames).toHaveLength(2);
    loop.running = true;
    await tickAsync(2);
    expect(time.steps).toBeLessThanOrEqual(4);
  });

  it("makes no more pictures than are given back", async () => {
    const { loop, time, frames } = createLoop();
    for (let i = 0; i < 50; i++) {
      time.now += TICK;
      await loop.tickAsync();
    }
    expect(frames.length).toBeLessThan(10);
    loop.giveBack(frames[0]!.values);
    time.now += TICK;
    await loop.tickAsync();
    expect(frames.at(-1)!.values).toBe(frames[0]!.values);
  });
});
