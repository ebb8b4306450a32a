import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { CmaEs } from "../../../src/train/cmaEs/search.js";

type Vector = Float64Array;

const sphere = (x: Vector) => x.reduce((sum: number, value) => sum + value * value, 0);
/** Axes that differ by a factor of a thousand. */
const ellipsoid = (x: Vector) =>
  x.reduce((sum: number, value, i) => sum + 1e6 ** (i / (x.length - 1)) * value * value, 0);
const rosenbrock = (x: Vector) => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2;
  return sum;
};

/** Evaluations until f < 1e-10; gives up after `most`. */
function evaluations(f: (x: Vector) => number, covariance: "full" | "diagonal", n: number, most: number): number {
  const search = new CmaEs({
    mean: new Float64Array(n).fill(0.5),
    std: 0.3,
    population: null,
    covariance,
    random: new Random(3),
  });
  let count = 0;
  while (count < most) {
    const candidates = search.ask();
    count += candidates.length;
    search.tell(candidates.map((x) => -f(x)));
    if (f(search.mean) < 1e-10) return count;
  }
  return Number.POSITIVE_INFINITY;
}

describe("CMA-ES", () => {
  // What Hansen's own implementation needs for 10 components to 1e-10, to within a factor of two: sphere 1,500, ellipsoid
  // 4,500, Rosenbrock 6,000 (tutorial, and Hansen and Ostermeier 2001, figure 6).
  it.each([
    ["sphere", sphere, 3_000],
    ["ellipsoid", ellipsoid, 9_000],
    ["Rosenbrock", rosenbrock, 12_000],
  ])("finds the lowest point of %s in ten dimensions", (_, f, most) => {
    expect(evaluations(f, "full", 10, most)).toBeLessThan(most);
  });

  it("with variances only is quick where the axes are those of the function, in many dimensions too", () => {
    expect(evaluations(ellipsoid, "diagonal", 10, 4_500)).toBeLessThan(evaluations(ellipsoid, "full", 10, 20_000));
    expect(evaluations(ellipsoid, "diagonal", 100, 40_000)).toBeLessThan(40_000);
  });

  it.each(["full", "diagonal"] as const)("goes on from a state as if it had never stopped: %s", (covariance) => {
    const create = (random: Random) =>
      new CmaEs({ mean: new Float64Array(4).fill(1), std: 0.5, population: 6, covariance, random });
    const generation = (search: CmaEs) => search.tell(search.ask().map((x) => -rosenbrock(x)));
    const random = new Random(1);
    const first = create(random);
    for (let i = 0; i < 5; i++) generation(first);
    const [state, words] = [first.state(), random.getState()];
    generation(first);
    const otherRandom = new Random(2);
    otherRandom.setState(words);
    const other = create(otherRandom);
    other.restore(state);
    generation(other);
    expect(other.state()).toEqual(first.state());
  });

  it("chooses its own population", () => {
    const search = new CmaEs({
      mean: new Float64Array(10),
      std: 1,
      population: null,
      covariance: "full",
      random: new Random(1),
    });
    expect(search.ask()).toHaveLength(10); // 4 + ⌊3 log 10⌋
  });
});
