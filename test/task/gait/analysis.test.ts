import { describe, expect, it } from "vitest";
import { analyseGait, withoutChatter } from "../../../src/task/gait/analysis.js";
import { expectNear } from "../../support/near.js";
import { type WalkOptions, walk } from "../../support/walking.js";

/** Of 12 s, the last 10 count. */
const analyse = (options: WalkOptions = {}) => analyseGait([walk(options)]);

describe("a walk", () => {
  const gait = analyse();

  it("has strides, from one touchdown of the first foot to the next", () => {
    // At 2.2, 3.2 … 11.2 s.
    expect([gait.seconds, gait.strides]).toEqual([expect.closeTo(10, 9), 9]);
    expect(gait.strideFrequency).toBeCloseTo(1, 9);
    expect(gait.strideLength).toBeCloseTo(1.3, 4);
    expect(gait.touchdownsPerSecond).toBeCloseTo(2, 9);
  });

  it("has feet half a stride apart, down for 0.6 of it", () => {
    const [left, right] = gait.feet;
    expect(left).toEqual({
      name: "left-foot",
      dutyFactor: expect.closeTo(0.6, 9),
      phase: expect.closeTo(0, 9),
      phaseLock: expect.closeTo(1, 9),
      touchdownsPerSecond: expect.closeTo(1, 9),
    });
    expect(right).toMatchObject({ name: "right-foot", phase: expect.closeTo(0.5, 9), phaseLock: expect.closeTo(1, 9) });
    expect([gait.dutyFactor, gait.dutyAsymmetry]).toEqual([expect.closeTo(0.6, 9), expect.closeTo(0, 9)]);
  });

  it("is never in flight; both feet are down twice for a tenth of it", () => {
    expect([gait.flightFraction, gait.supportFraction]).toEqual([0, expect.closeTo(0.2, 9)]);
  });

  it("has speed, Froude number and cost of transport", () => {
    // The way of 999 steps in the time of 1000: 1.2987 m/s.
    expect(gait.speed).toBeCloseTo(1.2987, 4);
    expect([gait.forwardSpeed, gait.sidewaysSpeed]).toEqual([expect.closeTo(1.2987, 4), expect.closeTo(0, 9)]);
    // 1.2987² / (9.81 × 0.9), and 2600 J / (60 × 9.81 × 12.987 m)
    expect(gait.froude).toBeCloseTo(0.191, 3);
    expect(gait.costOfTransport).toBeCloseTo(0.3401, 4);
    expect(gait.heightRatio).toBeCloseTo(0.88 / 0.9, 6);
  });

  it("has the mean curve of each joint, from one touchdown to the next", () => {
    const { knee } = gait.jointCurves;
    expectNear(
      knee!,
      Array.from({ length: 50 }, (_, i) => Math.sin((2 * Math.PI * i) / 50)),
      1e-6,
    );
  });
});

describe("other gaits", () => {
  it("a hop: both feet at once, in the air for the rest", () => {
    const gait = analyse({ feet: { left: [0.4, 0], right: [0.4, 0] } });
    expect(gait.feet[1]).toMatchObject({ phase: expect.closeTo(0, 9), phaseLock: expect.closeTo(1, 9) });
    expect([gait.flightFraction, gait.supportFraction]).toEqual([expect.closeTo(0.6, 9), expect.closeTo(0.4, 9)]);
  });

  it("a run: alternating with a flight after each foot", () => {
    const gait = analyse({ stride: 70, feet: { left: [0.3, 0], right: [0.3, 0.5] }, speed: 4 });
    expect(gait.strideFrequency).toBeCloseTo(1 / 0.7, 6);
    expect(gait.strideLength).toBeCloseTo(2.8, 4);
    // 2 × (0.5 − 0.3); of a whole number of strides but 20 steps of 1000.
    expect(Math.abs(gait.flightFraction - 0.4)).toBeLessThan(0.02);
    expect(gait.supportFraction).toBe(0);
    expect(gait.froude).toBeGreaterThan(1);
  });

  it("a trot of four feet: diagonal pairs", () => {
    const gait = analyse({
      feet: { "front-left": [0.5, 0], "front-right": [0.5, 0.5], "rear-left": [0.5, 0.5], "rear-right": [0.5, 0] },
    });
    expectNear(
      gait.feet.map(({ phase }) => phase),
      [0, 0.5, 0.5, 0],
      1e-6,
    );
    // Always two of four feet, which is not more than half.
    expect([gait.flightFraction, gait.supportFraction]).toEqual([0, 0]);
  });

  it("a limp: the duty of one foot is a fifth more than the other's", () => {
    const gait = analyse({ feet: { "left-foot": [0.6, 0], "right-foot": [0.5, 0.5] } });
    // 0.1 / 0.55
    expect(gait.dutyAsymmetry).toBeCloseTo(0.1818, 4);
    expect(gait.dutyFactor).toBeCloseTo(0.55, 9);
    // Only of pairs by name.
    expect(analyse({ feet: { foot: [0.6, 0], paw: [0.5, 0.5] } }).dutyAsymmetry).toBeNull();
  });

  it("sideways, as the root looks", () => {
    // Looking along +x, +z is to the left.
    const gait = analyse({ heading: Math.PI / 2 });
    expect([gait.forwardSpeed, gait.sidewaysSpeed]).toEqual([expect.closeTo(0, 4), expect.closeTo(-1.2987, 4)]);
    expect(gait.speed).toBeCloseTo(1.2987, 4);
  });

  it("swaying, which is no progress", () => {
    const gait = analyse({ sway: 0.2 });
    // Along the swaying path it would be about 1.55 m/s.
    expect(Math.abs(gait.speed - 1.2987)).toBeLessThan(0.01);
  });

  it("feet that come down anyhow have no common phase", () => {
    // The right foot's rhythm is another one: 0.93 s against 1 s.
    const left = walk({ seconds: 100 });
    const right = walk({ seconds: 100, stride: 93 });
    const contacts = left.contacts.map((value, i) => (i % 2 === 0 ? value : right.contacts[i]!));
    const gait = analyseGait([{ ...left, contacts }]);
    expect(gait.feet[1]!.phaseLock).toBeLessThan(0.15);
    expect(gait.feet[0]!.phaseLock).toBeCloseTo(1, 9);
  });
});

describe("what there is nothing to say of", () => {
  it("strides of a character that stands, or pauses for more than three seconds", () => {
    for (const options of [{ feet: { "left-foot": [1, 0], "right-foot": [1, 0] } }, { stride: 310 }] as const) {
      const gait = analyse(options);
      expect([gait.strides, gait.strideFrequency, gait.strideLength, gait.jointCurves]).toEqual([0, null, null, {}]);
      expect(gait.feet[0]!.phaseLock).toBe(0);
    }
  });

  it("the cost of going nowhere, and of torques that are not known", () => {
    expect(analyse({ speed: 0 }).costOfTransport).toBeNull();
    expect(analyse({ power: Number.NaN }).costOfTransport).toBeNull();
  });

  it("an episode that ended before it got going; it leaves those of others as they are", () => {
    const short = walk({ seconds: 1.5 });
    expect(analyseGait([short])).toMatchObject({ seconds: 0, strides: 0, speed: 0, froude: 0, costOfTransport: null });
    expect(analyseGait([walk(), short])).toEqual(analyseGait([walk()]));
    expect(analyseGait([short], 0).seconds).toBeCloseTo(1.5, 9);
  });

  it("feet of a body without any", () => {
    const gait = analyse({ feet: {} });
    expect(gait).toMatchObject({ feet: [], dutyFactor: 0, flightFraction: 0, supportFraction: 0, strides: 0 });
    expect(gait.speed).toBeCloseTo(1.2987, 4);
  });
});

it("takes several recordings together", () => {
  const gait = analyseGait([walk(), walk({ stride: 50, speed: 2.6 })]);
  // 9 strides of 1 s and 19 of 0.5 s, at 2.2, 2.7 … 11.7 s.
  expect(gait.strides).toBe(28);
  expect(gait.strideFrequency).toBeCloseTo(28 / 18.5, 6);
  expect(gait.seconds).toBeCloseTo(20, 9);
  expect(gait.speed).toBeCloseTo((1.2987 + 2.5974) / 2, 4);
});

describe("withoutChatter", () => {
  const clean = (text: string, dt = 0.01) => [...withoutChatter(Uint8Array.from(text, Number), dt)].join("");

  it("fills gaps shorter than 50 ms, and drops contacts shorter than that", () => {
    expect(clean("111111000011111100000111111")).toBe("111111111111111100000111111");
    expect(clean("000000111100000011111000000")).toBe("000000000000000011111000000");
  });

  it("joins a chattering touchdown to one", () => {
    expect(clean("0000000010010110111111111110000000")).toBe("0000000011111111111111111110000000");
  });

  it("leaves the ends alone, where nobody knows how long it lasts", () => {
    expect(clean("110000000011")).toBe("110000000011");
    expect(clean("001111111100")).toBe("001111111100");
  });

  it("leaves steps alone that are longer than chatter, and its input in any case", () => {
    expect(clean("0101100", 0.05)).toBe("0101100");
    const input = Uint8Array.of(1, 0, 1, 1, 1, 1, 1);
    withoutChatter(input, 0.01);
    expect([...input]).toEqual([1, 0, 1, 1, 1, 1, 1]);
  });
});
