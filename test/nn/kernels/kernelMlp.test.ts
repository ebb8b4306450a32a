import { describe, expect, it } from "vitest";
import { KernelArena } from "../../../src/nn/kernels/arena.js";
import { KernelMlp } from "../../../src/nn/kernels/kernelMlp.js";
import type { LayerPlace } from "../../../src/nn/layerPlaces.js";
import { ACTIVATIONS, type Activation } from "../../../src/policy/network.js";
import { Random } from "../../../src/random.js";
import { finiteDifference, plainForward, rowsOf } from "../../support/plainNetwork.js";
import { expectClose } from "../close.js";

/** Sizes of the layers, inputs first, and rows. */
interface Shape {
  readonly sizes: readonly number[];
  readonly rows: number;
}

const SMALL: Shape[] = [
  { sizes: [1, 1], rows: 1 },
  { sizes: [3, 5, 2], rows: 1 },
  { sizes: [5, 7, 3, 1], rows: 9 },
  { sizes: [4, 8, 8, 4], rows: 8 },
];
const LARGE: Shape[] = [
  { sizes: [11, 64, 64, 3], rows: 33 },
  { sizes: [65, 33, 17], rows: 130 },
];
/** With more terms than the kernels add up at a time. */
const DEEPER: Shape = { sizes: [523, 9, 6], rows: 7 };

async function networkAsync({ sizes, rows }: Shape, activation: Activation, maxRows = rows) {
  const random = new Random(1);
  const arena = await KernelArena.createAsync();
  let size = 0;
  const layers = sizes.slice(1).map((outputs, i): LayerPlace => {
    const inputs = sizes[i]!;
    const weights = size;
    size += (inputs + 1) * outputs;
    return { inputs, outputs, weights, bias: weights + inputs * outputs };
  });
  const [parameters, gradients] = [arena.place(size), arena.place(size)];
  const [x, dHead] = [arena.place(maxRows * sizes[0]!), arena.place(maxRows * sizes.at(-1)!)];
  const mlp = new KernelMlp(arena, { layers, activation, parameters, gradients, maxRows });
  const fill = (address: number, count: number, scale = 1) => {
    const view = arena.view(address, count);
    for (let i = 0; i < count; i++) view[i] = scale * random.normal();
    return Float64Array.from(view);
  };
  const values = {
    parameters: fill(parameters, size, 0.5),
    x: fill(x, rows * sizes[0]!),
    dHead: fill(dHead, rows * sizes.at(-1)!),
  };
  return { arena, mlp, layers, activation, addresses: { x, dHead, parameters, gradients }, size, values };
}

type Network = Awaited<ReturnType<typeof networkAsync>>;

/** Σ dHead · head: the gradient of this is what `backward` gives. */
function loss({ layers, activation, values }: Network, parameters: ArrayLike<number>): number {
  const head = rowsOf(values.x, layers[0]!.inputs).flatMap((row) => plainForward(layers, activation, parameters, row));
  return head.reduce((sum, y, i) => sum + values.dHead[i]! * y, 0);
}

describe.each(ACTIVATIONS)("KernelMlp with %s", (activation) => {
  it.each([...SMALL, ...LARGE])("has the head of a plain network: $sizes, $rows rows", async (shape) => {
    const { mlp, arena, layers, addresses, values } = await networkAsync(shape, activation);
    const address = mlp.forward(addresses.x, shape.rows);
    const expected = rowsOf(values.x, shape.sizes[0]!).flatMap((row) =>
      plainForward(layers, activation, values.parameters, row),
    );
    expectClose(arena.view(address, expected.length), expected, { relative: 2e-5, absolute: 2e-5 });
  });

  it.each([...SMALL, ...LARGE, DEEPER])("has the same head frozen: $sizes, $rows rows", async (shape) => {
    const { mlp, arena, addresses, size } = await networkAsync(shape, activation);
    const head = (address: number) => Array.from(arena.view(address, shape.rows * shape.sizes.at(-1)!));
    const expected = head(mlp.forward(addresses.x, shape.rows));
    const frozen = mlp.frozen();
    mlp.forward(addresses.dHead, 1);
    expect(head(frozen(addresses.x, shape.rows))).toEqual(expected);
    // Frozen anew, it is as the parameters are then.
    const parameters = arena.view(addresses.parameters, size);
    for (let i = 0; i < size; i++) parameters[i]! *= -0.5;
    const changed = head(mlp.forward(addresses.x, shape.rows));
    expect(changed).not.toEqual(expected);
    expect(head(mlp.frozen()(addresses.x, shape.rows))).toEqual(changed);
  });

  it.each(SMALL)("has the gradient of each parameter: $sizes, $rows rows", async (shape) => {
    const network = await networkAsync(shape, activation);
    const { mlp, arena, addresses, size, values } = network;
    mlp.forward(addresses.x, shape.rows);
    mlp.backward(addresses.x, addresses.dHead, shape.rows);
    const expected = Array.from({ length: size }, (_, i) =>
      finiteDifference((parameters) => loss(network, parameters), values.parameters, i),
    );
    expectClose(arena.view(addresses.gradients, size), expected, { relative: 2e-5, absolute: 2e-5 });
  });

  it.each(LARGE)("has the gradient along random directions: $sizes, $rows rows", async (shape) => {
    const network = await networkAsync(shape, activation);
    const { mlp, arena, addresses, size, values } = network;
    mlp.forward(addresses.x, shape.rows);
    mlp.backward(addresses.x, addresses.dHead, shape.rows);
    const gradient = arena.view(addresses.gradients, size);
    const random = new Random(2);
    for (let n = 0; n < 3; n++) {
      const direction = Float64Array.from({ length: size }, () => random.normal());
      const along = ([t]: Float64Array) =>
        loss(
          network,
          values.parameters.map((p, i) => p + t! * direction[i]!),
        );
      const expected = finiteDifference(along, new Float64Array(1), 0, 1e-7);
      const found = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
      expect(found / expected).toBeCloseTo(1, 3);
    }
  });

  it.each(SMALL)(
    "has the gradient of its input, and leaves those of the parameters: $sizes, $rows rows",
    async (shape) => {
      const network = await networkAsync(shape, activation);
      const { mlp, arena, addresses, size, values } = network;
      const dx = arena.place(values.x.length);
      mlp.forward(addresses.x, shape.rows);
      mlp.inputGradient(addresses.dHead, shape.rows, dx);
      const expected = Array.from(values.x, (_, i) =>
        finiteDifference(
          (x) => loss({ ...network, values: { ...values, x: x.slice() as typeof values.x } }, values.parameters),
          values.x,
          i,
        ),
      );
      expectClose(arena.view(dx, expected.length), expected, { relative: 2e-5, absolute: 2e-5 });
      expect(arena.view(addresses.gradients, size).every((gradient) => gradient === 0)).toBe(true);
    },
  );

  it("overwrites the gradients, and leaves parameters and input alone", async () => {
    const shape = { sizes: [3, 5, 2], rows: 4 };
    const { mlp, arena, addresses, size, values } = await networkAsync(shape, activation);
    const once = () => {
      mlp.forward(addresses.x, shape.rows);
      mlp.backward(addresses.x, addresses.dHead, shape.rows);
      return arena.view(addresses.gradients, size).slice();
    };
    const first = once();
    expect(once()).toEqual(first);
    expect(Float64Array.from(arena.view(addresses.x, values.x.length))).toEqual(values.x);
    expect(Float64Array.from(arena.view(addresses.dHead, values.dHead.length))).toEqual(values.dHead);
  });

  it("takes fewer rows than there is place for, with the same result", async () => {
    const shape = { sizes: [3, 5, 2], rows: 3 };
    const heads = await Promise.all(
      [3, 50].map(async (maxRows) => {
        const { mlp, arena, addresses } = await networkAsync(shape, activation, maxRows);
        return arena.view(mlp.forward(addresses.x, 3), 6).slice();
      }),
    );
    expect(heads[1]).toEqual(heads[0]);
  });
});
