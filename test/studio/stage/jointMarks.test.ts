import { describe, expect, it } from "vitest";
import { nearness } from "../../../src/studio/stage/view/jointMarks.js";

describe("a joint's mark", () => {
  it("turns red near a limit", () => {
    expect(nearness(0, [-1, 1])).toBe(0);
    expect(nearness(0.7, [-1, 1])).toBe(0);
    expect(nearness(0.875, [-1, 1])).toBeCloseTo(0.5);
    expect(nearness(-1, [-1, 1])).toBe(1);
    expect(nearness(1.2, [-1, 1])).toBe(1);
  });
});
