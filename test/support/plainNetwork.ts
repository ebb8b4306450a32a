import type { LayerPlace } from "../../src/nn/layerPlaces.js";
import type { Activation } from "../../src/policy/network.js";

const ACTIVATE: Record<Activation, (x: number) => number> = {
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  swish: (x) => x / (1 + Math.exp(-x)),
};

/** One row through a network, in double precision, to compare with. */
export function plainForward(
  layers: readonly LayerPlace[],
  activation: Activation,
  parameters: ArrayLike<number>,
  row: readonly number[],
): number[] {
  return layers.reduce<readonly number[]>((x, { inputs, outputs, weights, bias }, i) => {
    const z = Array.from({ length: outputs }, (_, o) => {
      let sum = parameters[bias + o]!;
      for (let j = 0; j < inputs; j++) sum += x[j]! * parameters[weights + j * outputs + o]!;
      return sum;
    });
    return i === layers.length - 1 ? z : z.map(ACTIVATE[activation]);
  }, row) as number[];
}

/** Rows of a matrix, as arrays. */
export function rowsOf(matrix: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: width === 0 ? 0 : matrix.length / width }, (_, row) =>
    Array.from({ length: width }, (_, j) => matrix[row * width + j]!),
  );
}

/** ∂f/∂x_i by central differences. */
export function finiteDifference(f: (x: Float64Array) => number, x: Float64Array, i: number, step = 1e-5): number {
  const moved = x.slice();
  moved[i] = x[i]! + step;
  const above = f(moved);
  moved[i] = x[i]! - step;
  return (above - f(moved)) / (2 * step);
}
