import { describe, expect, it } from "vitest";
import { ppoSettings } from "../../../src/train/ppo/settings.js";
import { ppoConfig } from "../../support/ppoConfig.js";

describe("the bound of σ", () => {
  it("falls from initial_std to final_std in the last third, in equal ratios", () => {
    const config = ppoConfig({ max_steps: 300, legwork: { initial_std: 0.4, final_std: 0.1 } });
    const bound = (steps: number) => Math.exp(ppoSettings(config, steps).maxLogStd!);
    expect(ppoSettings(config, 199)).not.toHaveProperty("maxLogStd");
    expect(bound(200)).toBeCloseTo(0.4, 12);
    expect(bound(250)).toBeCloseTo(0.2, 12);
    expect(bound(300)).toBeCloseTo(0.1, 12);
    expect(bound(1000)).toBeCloseTo(0.1, 12);
  });

  it("is absent where nobody asks for one", () => {
    expect(ppoSettings(ppoConfig({ max_steps: 100 }), 50)).not.toHaveProperty("maxLogStd");
  });
});
