import { describe, expect, it } from "vitest";
import { perSpec } from "../../src/body/perSpec.js";
import { boxBody } from "../support/bodies.js";

describe("perSpec", () => {
  it("works once for each specification, null and undefined included", () => {
    const seen: unknown[] = [];
    const nameOf = perSpec((spec) => {
      seen.push(spec);
      return spec.feet;
    });
    const [one, other] = [boxBody(), { ...boxBody(), feet: ["box"] }];
    expect([nameOf(one), nameOf(other), nameOf(one), nameOf(other)]).toEqual([one.feet, ["box"], one.feet, ["box"]]);
    expect(seen).toEqual([one, other]);
  });
});
