import { describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import mountainCar from "../../../scenes/mountain-car/index.js";
import { asTrained, groundOf, onGround } from "../../../src/studio/stage/stageScene.js";

describe("the scene on the stage", () => {
  it("has its own ground, a slope, or steps", () => {
    expect(groundOf(onGround(hopper, "flat"))).toBeNull();
    expect(groundOf(onGround(mountainCar, "flat"))).toBe(mountainCar.ground);
    const slope = groundOf(onGround(hopper, "slope"))!;
    expect(slope(0, 0)).toBe(0);
    expect(slope(0, 11)).toBeCloseTo(10 * Math.tan(0.06));
    const steps = groundOf(onGround(hopper, "steps"))!;
    expect(Math.abs(steps(0, 2) - steps(0, 2.6))).toBeCloseTo(0.04);
  });

  it("has the ground that a run is trained on", () => {
    const trained = asTrained(hopper, { parameters: { "ground-slope": 0.1 }, sensors: null });
    expect(groundOf(onGround(trained, "flat"))!(0, 2)).toBeCloseTo(Math.tan(0.1));
    expect(groundOf(onGround(trained, "slope"))!(0, 2)).toBeCloseTo(Math.tan(0.06));
  });
});
