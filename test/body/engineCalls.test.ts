import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { BoundCalls, directCalls, engineCalls } from "../../src/body/engineCalls.js";
import { menagerie } from "../support/bodies.js";
import { createWorld, havok, snapshot } from "../support/headlessWorld.js";

/** The same engine without some of what it exports beside the documented functions. */
function without(name: string): HavokPhysicsWithBindings {
  return Object.create(havok, { [name]: { value: undefined } }) as HavokPhysicsWithBindings;
}

describe("engineCalls", () => {
  it("goes past the bindings with the engine that is installed, and is made once", () => {
    expect(directCalls(havok)).not.toBeNull();
    expect(engineCalls(havok)).not.toBeInstanceOf(BoundCalls);
    expect(engineCalls(havok)).toBe(engineCalls(havok));
  });

  it.each(["_malloc", "_HP_World_AddBody", "_HP_Constraint_SetAxisMotorMaxForce"])(
    "keeps to the bindings where there is no %s",
    (name) => {
      expect(directCalls(without(name))).toBeNull();
      expect(engineCalls(without(name))).toBeInstanceOf(BoundCalls);
    },
  );

  it("keeps to the bindings where an export does something else than is known", () => {
    const swapped = Object.create(havok, {
      _HP_Body_SetAngularVelocity: { value: () => 0 },
    }) as HavokPhysicsWithBindings;
    expect(directCalls(swapped)).toBeNull();
  });

  it.each([
    ["the hopper", hopperBody],
    ["the menagerie", menagerie],
  ])("moves %s alike, to the last bit, either way", (_title, spec) => {
    const [direct, bound] = [havok, without("_malloc")].map((engine) => {
      const world = createWorld({ physicsDt: 1 / 120, ground: 1, engine });
      const body = new ArticulatedBody(world, spec);
      const states: number[][] = [];
      for (let step = 0; step < 60; step++) {
        if (step === 40) body.reset({ ...body.startPose(), linearVelocity: [0, 1, 0.5] });
        body.drives.forEach((drive, i) => {
          drive?.apply(Math.sin(step / 5 + i) * (drive.spec.kind === "torque" ? 60 : 1));
        });
        world.step();
        body.readState();
        states.push(snapshot(body));
      }
      return states;
    });
    expect(bound).toEqual(direct);
  });
});
