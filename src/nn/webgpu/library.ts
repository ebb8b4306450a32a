import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { ACTIVATIONS, type Activation } from "../../policy/network.js";
import type { AdamFactors, FusedKernels } from "../kernels/fused.js";
import { activationCode, activationFunctions, slopeCode } from "./activations.js";
import { GpuAdam } from "./adam.js";
import { productProgram, TILE } from "./product.js";
import type { GpuProgram, GpuPrograms } from "./program.js";

type TensorInfo = tf.TensorInfo;

/** Threads of a workgroup of the programs that go through numbers one by one. */
const THREADS = 256;
/** Enough to keep a large device busy; each thread takes every so many-th number. */
const MOST_WORKGROUPS = 4096;

/** Our kernels as compute shaders, each of them one dispatch but for {@link adam}. */
export class GpuLibrary implements FusedKernels {
  readonly backend: WebGPUBackend;
  private readonly optimizer: GpuAdam;

  constructor(readonly programs: GpuPrograms) {
    this.backend = programs.backend;
    this.optimizer = new GpuAdam(programs);
  }

  dense(x: TensorInfo, weights: TensorInfo, bias: TensorInfo, activation: Activation | "linear"): TensorInfo {
    const [rows, depth] = x.shape as [number, number];
    const columns = weights.shape[1] as number;
    const y = this.programs.output([rows, columns]);
    this.multiply(densePrograms[activation], [x, weights, bias, y], rows, columns, depth);
    return y;
  }

  activate(x: TensorInfo, activation: "swish"): TensorInfo {
    const y = this.programs.output(x.shape);
    this.forEach(activatePrograms[activation], [x, y]);
    return y;
  }

  activationGradient(dy: TensorInfo, saved: TensorInfo, activation: Activation): TensorInfo {
    const dz = this.programs.output(dy.shape);
    this.forEach(slopePrograms[activation], [dy, saved, dz]);
    return dz;
  }

  inputGradient(dz: TensorInfo, weights: TensorInfo): TensorInfo {
    const [rows, depth] = dz.shape as [number, number];
    const columns = weights.shape[0] as number;
    const dx = this.programs.output([rows, columns]);
    this.multiply(inputGradientProgram, [dz, weights, dx], rows, columns, depth);
    return dx;
  }

  /** Both come from one dispatch, which is made when the first of them is asked for. */
  parameterGradients(x: TensorInfo, dz: TensorInfo): { weights(): tf.Tensor; bias(): tf.Tensor } {
    const [depth, inputs] = x.shape as [number, number];
    const columns = dz.shape[1] as number;
    const owned = (shape: number[]) => tf.engine().makeTensorFromTensorInfo(this.programs.output(shape));
    const [weights, bias] = [owned([inputs, columns]), owned([columns])];
    let isComputed = false;
    const compute = () => {
      if (!isComputed) this.multiply(parameterGradientsProgram, [x, dz, weights, bias], inputs + 1, columns, depth);
      isComputed = true;
    };
    const get = (gradient: tf.Tensor) => () => {
      compute();
      return gradient;
    };
    return { weights: get(weights), bias: get(bias) };
  }

  adam(
    variables: readonly tf.Variable[],
    gradients: readonly TensorInfo[],
    means: tf.Variable,
    squares: tf.Variable,
    factors: AdamFactors,
  ): tf.Scalar {
    return this.optimizer.step(variables, gradients, means, squares, factors);
  }

  private multiply(program: GpuProgram, tensors: TensorInfo[], rows: number, columns: number, depth: number): void {
    const tiles = (size: number) => Math.ceil(size / TILE);
    this.programs.dispatch(program, tensors, [rows, columns, depth], [tiles(columns), tiles(rows)]);
  }

  private forEach(program: GpuProgram, tensors: TensorInfo[]): void {
    const size = tf.util.sizeFromShape(tensors[0]!.shape);
    const workgroups = Math.min(Math.ceil(size / THREADS), MOST_WORKGROUPS);
    this.programs.dispatch(program, tensors, [size], [workgroups, 1]);
  }
}

/** y = f(x·W + b) */
const densePrograms = byActivation(["linear", ...ACTIVATIONS], (activation) =>
  productProgram({
    reads: ["x", "weights", "bias"],
    writes: ["y"],
    left: "x[row * p.depth + k]",
    leftAlong: "k",
    right: "weights[k * p.columns + column]",
    rightAlong: "column",
    store: `let z = value + bias[column]; y[row * p.columns + column] = ${activationCode[activation]};`,
    functions: activationFunctions,
  }),
);

/** dx = dz·Wᵀ */
const inputGradientProgram = productProgram({
  reads: ["dz", "weights"],
  writes: ["dx"],
  left: "dz[row * p.depth + k]",
  leftAlong: "k",
  right: "weights[column * p.depth + k]",
  rightAlong: "k",
  store: "dx[row * p.columns + column] = value;",
});

/** dW = xᵀ·dz and db = 1ᵀ·dz as one product, whose left matrix has a row of ones below xᵀ. */
const parameterGradientsProgram = productProgram({
  reads: ["x", "dz"],
  writes: ["dWeights", "dBias"],
  left: "leftElement(row, k)",
  leftAlong: "row",
  right: "dz[k * p.columns + column]",
  rightAlong: "column",
  store: `if (row < p.rows - 1u) { dWeights[row * p.columns + column] = value; } else { dBias[column] = value; }`,
  functions: `fn leftElement(row: u32, k: u32) -> f32 {
  let inputs = p.rows - 1u;
  if (row == inputs) { return 1.0; }
  return x[k * inputs + row];
}`,
});

/** y = f(x), number by number. */
const activatePrograms = byActivation(["swish"], (activation) =>
  forEachProgram(["x"], "y", `let z = x[i]; y[i] = ${activationCode[activation]};`),
);

/** dz = dy · f′ */
const slopePrograms = byActivation(ACTIVATIONS, (activation) =>
  forEachProgram(["dy", "saved"], "dz", `let y = saved[i]; dz[i] = dy[i] * (${slopeCode[activation]});`),
);

function forEachProgram(reads: string[], write: string, body: string): GpuProgram {
  const code = `${activationFunctions}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  for (var i = id.x; i < p.size; i += ${THREADS}u * workgroups.x) { ${body} }
}`;
  return { reads, writes: [write], counts: ["size"], factors: [], code };
}

function byActivation<Name extends string>(names: readonly Name[], program: (name: Name) => GpuProgram) {
  return Object.fromEntries(names.map((name) => [name, program(name)])) as Record<Name, GpuProgram>;
}
