import * as tf from "@tensorflow/tfjs";
import type { AdamFactors } from "../kernels/fused.js";
import type { GpuProgram, GpuPrograms } from "./program.js";

const THREADS = 256;
/** Workgroups of a dispatch, which share the numbers of all tensors that are bound to it. */
const WORKGROUPS = 64;
/** All devices can bind 8 arrays to a dispatch. These go with one for the partial sums … */
const GRADIENTS_PER_DISPATCH = 7;
/** … and these with as many gradients, the two moments and the norm. */
const VARIABLES_PER_DISPATCH = 2;
/** Stands in for "no limit" of the gradient norm: shaders need not know infinity. */
const LARGEST = 3e38;

/** Adam in place, with the norm of the gradient computed where it is used: nothing is read back. */
export class GpuAdam {
  constructor(private readonly programs: GpuPrograms) {}

  /** See `FusedKernels.adam`. */
  step(
    variables: readonly tf.Variable[],
    gradients: readonly tf.TensorInfo[],
    means: tf.Variable,
    squares: tf.Variable,
    { maxNorm, meanWeight, squareWeight, rate, epsilon }: AdamFactors,
  ): tf.Scalar {
    for (const target of [...variables, means, squares]) this.makeSoleOwner(target);
    const norm = this.norm(gradients);
    const factors = [Math.min(maxNorm, LARGEST), meanWeight, squareWeight, rate, epsilon];
    let offset = 0;
    for (let first = 0; first < variables.length; first += VARIABLES_PER_DISPATCH) {
      const part = variables.slice(first, first + VARIABLES_PER_DISPATCH);
      const program = stepPrograms[part.length - 1]!;
      const tensors = [norm, ...gradients.slice(first, first + part.length), ...part, means, squares];
      this.programs.dispatch(program, tensors, [offset, ...factors], [WORKGROUPS, 1]);
      offset += part.reduce((sum, { size }) => sum + size, 0);
    }
    return norm;
  }

  private norm(gradients: readonly tf.TensorInfo[]): tf.Scalar {
    const dispatches = Math.ceil(gradients.length / GRADIENTS_PER_DISPATCH);
    const partialSums = tf.engine().makeTensorFromTensorInfo(this.programs.output([dispatches * WORKGROUPS]));
    for (let dispatch = 0; dispatch < dispatches; dispatch++) {
      const first = dispatch * GRADIENTS_PER_DISPATCH;
      const part = gradients.slice(first, first + GRADIENTS_PER_DISPATCH);
      const program = squareSumPrograms[part.length - 1]!;
      this.programs.dispatch(program, [...part, partialSums], [dispatch * WORKGROUPS], [WORKGROUPS, 1]);
    }
    const norm = this.programs.output([]);
    this.programs.dispatch(normProgram, [partialSums, norm], [partialSums.size], [1, 1]);
    partialSums.dispose();
    return tf.engine().makeTensorFromTensorInfo(norm) as tf.Scalar;
  }

  /** A variable made from a tensor, or a clone of a variable, has the same memory: then what is overwritten is a copy. */
  private makeSoleOwner(variable: tf.Variable): void {
    if (this.programs.backend.refCount(variable.dataId) === 1) return;
    tf.tidy(() => variable.assign(tf.mul(variable, 1)));
  }
}

/** Σ of `sum` over the threads of the workgroup, by thread 0 into `out`. */
const sumOfWorkgroup = (out: string) => `
  sums[thread] = sum;
  for (var width = ${THREADS / 2}u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (thread < width) { sums[thread] += sums[thread + width]; }
  }
  if (thread == 0u) { ${out} }`;

const ENTRY = `
var<workgroup> sums: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) thread: u32,
  @builtin(global_invocation_id) id: vec3u,
)`;

/** Σ g² of 1, 2, … gradients, one sum for each workgroup. */
const squareSumPrograms: readonly GpuProgram[] = upTo(GRADIENTS_PER_DISPATCH, (gradients) => ({
  reads: gradients.map((n) => `g${n}`),
  writes: ["partialSums"],
  counts: ["offset"],
  factors: [],
  code: `${ENTRY} {
  var sum = 0.0;
  ${gradients.map((n) => strideThrough(`g${n}`, `sum += g${n}[i] * g${n}[i];`)).join("\n  ")}
  ${sumOfWorkgroup("partialSums[p.offset + group.x] = sums[0];")}
}`,
}));

const normProgram: GpuProgram = {
  reads: ["partialSums"],
  writes: ["norm"],
  counts: ["size"],
  factors: [],
  code: `${ENTRY} {
  var sum = 0.0;
  for (var i = id.x; i < p.size; i += ${THREADS}u) { sum += partialSums[i]; }
  ${sumOfWorkgroup("norm[0] = sqrt(sums[0]);")}
}`,
};

/** The step of 1, 2, … variables whose moments begin at `offset`. */
const stepPrograms: readonly GpuProgram[] = upTo(VARIABLES_PER_DISPATCH, (variables) => ({
  reads: ["norm", ...variables.map((n) => `g${n}`)],
  writes: [...variables.map((n) => `variable${n}`), "means", "squares"],
  counts: ["offset"],
  factors: ["maxNorm", "meanWeight", "squareWeight", "rate", "epsilon"],
  code: `
// Updates the moments at k and gives the change of the variable.
fn change(k: u32, gradient: f32) -> f32 {
  means[k] += p.meanWeight * (gradient - means[k]);
  squares[k] += p.squareWeight * (gradient * gradient - squares[k]);
  return p.rate * means[k] / (sqrt(squares[k]) + p.epsilon);
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  // Written so that a norm that is not a number spreads to the weights, and is found there.
  let limited = norm[0] + 1e-6;
  let scale = select(p.maxNorm / limited, 1.0, limited <= p.maxNorm);
  var offset = p.offset;
  ${variables
    .map(
      (n) => `${strideThrough(`g${n}`, `variable${n}[i] -= change(offset + i, scale * g${n}[i]);`)}
  offset += arrayLength(&g${n});`,
    )
    .join("\n  ")}
}`,
}));

/** A loop of all threads of all workgroups through one array. */
function strideThrough(array: string, body: string): string {
  return `for (var i = id.x; i < arrayLength(&${array}); i += ${THREADS * WORKGROUPS}u) { ${body} }`;
}

function upTo(largest: number, program: (indices: number[]) => GpuProgram): GpuProgram[] {
  return Array.from({ length: largest }, (_, count) => program(Array.from({ length: count + 1 }, (_, n) => n)));
}
