import { describe, expect, it } from "vitest";
import { ContactSensor } from "../../src/sensors/contactSensor.js";
import { menagerie } from "../support/bodies.js";
import { createBody, run } from "../support/headlessWorld.js";
import { written } from "../support/sensors.js";

describe("ContactSensor", () => {
  it("shows which of the named parts touch something, by default the feet", () => {
    const { world, body } = createBody(menagerie, { physicsDt: 1 / 120, ground: 1 });
    const feet = new ContactSensor(body);
    const named = new ContactSensor(body, ["trunk", "shin"], "mine");
    expect([feet.name, feet.size, named.name, named.size]).toEqual(["contacts", 3, "mine", 2]);
    body.reset({ ...body.startPose(), position: [0, 5, 0] });
    run(world, body, 2);
    expect(written(feet)).toEqual([0, 0, 0]);
    // Standing, the shin (0.2 m, radius 0.05 m) and the tip reach lower than the arm.
    body.reset(body.startPose());
    run(world, body, 240);
    expect(written(feet)).toEqual([1, 1, 1].map((_, i) => body.contacts[body.partIndex(["shin", "arm", "tip"][i]!)]!));
    expect(written(feet).filter((x) => x === 1).length).toBeGreaterThanOrEqual(2);
    expect(written(named)).toEqual([0, body.contacts[body.partIndex("shin")]!]);
  });

  it("names a part that the body does not have", () => {
    const { body } = createBody(menagerie);
    expect(() => new ContactSensor(body, ["toe"])).toThrow('Body "menagerie" has no part "toe"');
  });
});
