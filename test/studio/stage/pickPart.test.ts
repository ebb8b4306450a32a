import { describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { shapeCenter } from "../../../src/body/massProperties.js";
import { FrameLayout } from "../../../src/studio/stage/frameLayout.js";
import { PartPicker } from "../../../src/studio/stage/view/pickPart.js";

const { body } = hopper.character;
const layout = new FrameLayout(body, 2);

/** Two hoppers as they are drawn, at x = 0 and x = 1. */
const values = new Float32Array(layout.length);
for (const character of [0, 1]) {
  body.parts.forEach(({ shape }, part) => {
    const at = layout.poseAt(character, part);
    const [x, y, z] = shapeCenter(shape);
    values.set([x + character, y, z, 0, 0, 0, 1], at);
  });
}

describe("picking a part with a ray", () => {
  const picker = new PartPicker(body, layout);
  const along = (y: number, z: number, slack = 0) => picker.pick(values, [0, 1], [5, y, z], [-1, 0, 0], slack);

  it("finds the nearest one that is hit", () => {
    expect(along(1.3, 0)).toEqual({ character: 1, part: 0 });
    expect(along(0.8, 0.04)).toEqual({ character: 1, part: 1 });
    expect(along(0.1, 0.2)).toEqual({ character: 1, part: 3 });
    expect(picker.pick(values, [0], [5, 1.3, 0], [-1, 0, 0], 0)).toEqual({ character: 0, part: 0 });
    expect(picker.pick(values, [0, 1], [-5, 1.3, 0], [1, 0, 0], 0)).toEqual({ character: 0, part: 0 });
  });

  it("finds the one that is passed by closely, and nothing far away or behind", () => {
    expect(along(1.3, 0.2)).toBeNull();
    // The one behind is nearer to the pointer.
    expect(along(1.3, 0.2, 0.05)).toEqual({ character: 0, part: 0 });
    expect(picker.pick(values, [1], [5, 1.3, 0.2], [-1, 0, 0], 0.05)).toEqual({ character: 1, part: 0 });
    expect(along(1.3, 1, 0.05)).toBeNull();
    expect(picker.pick(values, [0, 1], [5, 1.3, 0], [1, 0, 0], 0.05)).toBeNull();
  });
});
