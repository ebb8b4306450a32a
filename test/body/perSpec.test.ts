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
    const asked = [one, one, other, one, other, other];
    expect(asked.map(nameOf)).toEqual([one.feet, one.feet, ["box"], one.feet, ["box"], ["box"]]);
    expect(seen).toEqual([one, other]);
  });
});
