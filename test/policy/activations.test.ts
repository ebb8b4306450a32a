import { expect, it } from "vitest";
import { ACTIVATE, fastTanh } from "../../src/policy/activations.js";

it("fastTanh stays within 1e-7 of tanh and is odd", () => {
  let worst = 0;
  let odd = true;
  for (let x = -12; x <= 12; x += 1 / 4096) {
    worst = Math.max(worst, Math.abs(fastTanh(x) - Math.tanh(x)));
    odd &&= fastTanh(-x) === -fastTanh(x);
  }
  expect(odd).toBe(true);
  expect(worst).toBeLessThan(1e-7);
});

it("fastTanh saturates and passes on what is not a number", () => {
  expect([fastTanh(1e30), fastTanh(Number.POSITIVE_INFINITY), fastTanh(-1e30)]).toEqual([1, 1, -1]);
  expect(fastTanh(Number.NaN)).toBeNaN();
});

const exact = {
  tanh: Math.tanh,
  relu: (x: number) => Math.max(0, x),
  elu: (x: number) => (x > 0 ? x : Math.expm1(x)),
  swish: (x: number) => x / (1 + Math.exp(-x)),
};

for (const activation of ["tanh", "relu", "elu", "swish"] as const) {
  it(`${activation} agrees with its definition, and leaves values behind the length alone`, () => {
    const inputs = [-30, -4, -1, -0.1, 0, 0.1, 1, 4, 30];
    const values = Float64Array.from([...inputs, -7]);
    ACTIVATE[activation](values, inputs.length);
    inputs.forEach((x, i) => {
      expect(values[i]).toBeCloseTo(exact[activation](x), 6);
    });
    expect(values[inputs.length]).toBe(-7);
  });
}
