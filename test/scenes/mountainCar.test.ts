import { describe, expect, it } from "vitest";
import { carBody } from "../../scenes/mountain-car/body.js";
import mountainCar from "../../scenes/mountain-car/index.js";
import { GOAL, trackHeight } from "../../scenes/mountain-car/track.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { beginScene, expectSound, massOf } from "../support/sceneChecks.js";

/** Places along the track and the end of an episode when the action follows from place and speed. */
function drive(steer: (speed: number) => number, steps: number) {
  const env = beginScene(mountainCar, 1);
  const places: number[] = [];
  for (let step = 0; step < steps; step++) {
    env.step(Float32Array.of(steer(env.observations[1]!)));
    const [episode] = env.drainEpisodes();
    if (episode) return { places, reached: episode.measures.reached === 1 };
    places.push(env.observations[0]!);
  }
  return { places, reached: false };
}

describe("the mountain car", () => {
  it("weighs 10 kg and has one driven wheel", () => {
    validateBody(carBody);
    expect(massOf(carBody)).toBe(10);
    expect(carBody.joints.map(({ drives }) => drives)).toEqual([[{ kind: "torque", maxTorque: 3 }], undefined]);
  });

  it("is in a valley with hills of 2.5 m, 6 m from its bottom", () => {
    expect([trackHeight(9, 0), trackHeight(0, 6), trackHeight(0, -6), trackHeight(0, 7)]).toEqual([0, 2.5, 2.5, 3.5]);
    expect(trackHeight(0, 3)).toBeCloseTo(1.25, 9);
    expect(trackHeight(0, GOAL)).toBeCloseTo(2.392, 3);
  });

  it("drives forward with a positive torque: 3 N·m at 0.15 m are 20 N", () => {
    const { world, body } = createBody(carBody, { physicsDt: 1 / 240, ground: 1 });
    run(world, body, 60);
    const before = body.linearVelocities[2]!;
    body.drives[0]!.apply(3);
    run(world, body, 120);
    // Two balls of 0.009 kg·m² count as 0.4 kg each: 20 N / 10.8 kg for half a second.
    expect(Math.abs((body.linearVelocities[2]! - before) / (1.852 * 0.5) - 1)).toBeLessThan(0.06);
  });

  it("is too weak to climb out", () => {
    const { places, reached } = drive(() => 1, 100);
    expect(reached).toBe(false);
    // Where work is height: 20 N × s = 98.1 N × h(s) at 1.2 m; a start with 0.3 m/s gets a little further.
    expect(Math.max(...places)).toBeGreaterThan(0.9);
    expect(Math.max(...places)).toBeLessThan(1.6);
  });

  it("gets out by pushing the way it rolls", () => {
    const { places, reached } = drive((speed) => (speed < 0 ? -1 : 1), 300);
    expect(reached).toBe(true);
    expect(Math.min(...places)).toBeLessThan(-2);
  });
});

it("the mountain-car scene is sound", () => expectSound(mountainCar, { observations: 2, actions: ["rear"] }));
