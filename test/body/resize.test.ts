import { describe, expect, it } from "vitest";
import { halfCheetahBody } from "../../scenes/half-cheetah/body.js";
import { walkerBody } from "../../scenes/walker/body.js";
import { resized } from "../../src/body/resize.js";
import { createBody, run, snapshot } from "../support/headlessWorld.js";

describe("a body of another size", () => {
  it.each([walkerBody, halfCheetahBody])("moves to the last bit as if it had been built like that: $name", (spec) => {
    const options = { ground: 1 };
    const { world, body } = createBody(spec, options);
    const built = createBody(resized(spec, 1.2), options);
    const asSpecified = createBody(spec, options);
    body.scaleSize(1.2);
    body.reset(body.startPose());
    built.body.reset(built.body.startPose());
    expect(body.heightAbove(0)).toBeCloseTo(1.2 * asSpecified.body.heightAbove(0), 2);
    for (let i = 0; i < 5; i++) {
      run(world, body, 20);
      run(built.world, built.body, 20);
      expect(snapshot(body)).toEqual(snapshot(built.body));
    }
    body.scaleSize(1);
    body.reset(body.startPose());
    asSpecified.body.reset(asSpecified.body.startPose());
    run(world, body, 60);
    run(asSpecified.world, asSpecified.body, 60);
    expect(snapshot(body)).toEqual(snapshot(asSpecified.body));
  });

  it("keeps its masses, and has longer levers", () => {
    const [small, large] = [walkerBody, resized(walkerBody, 2)];
    expect(large.parts.map(({ mass }) => mass)).toEqual(small.parts.map(({ mass }) => mass));
    expect(large.joints[3]!.anchor).toEqual(small.joints[3]!.anchor.map((x) => 2 * x));
    const own = resized(halfCheetahBody, 2).parts[1]!.inertia;
    expect(own).toEqual(halfCheetahBody.parts[1]!.inertia?.map((moment) => 4 * moment));
  });
});
