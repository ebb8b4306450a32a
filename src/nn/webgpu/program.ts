import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** A compute shader over arrays of numbers. */
export interface GpuProgram {
  /** Names of the arrays that the code only reads, then of those that it also writes, `array<f32>` each. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Members of the uniform `p`: whole numbers, `u32`, then others, `f32`. */
  readonly counts: readonly string[];
  readonly factors: readonly string[];
  /** WGSL with the entry point `main`. */
  readonly code: string;
}

/** The parts of tfjs's backend that are used here; it keeps some of them to itself. */
interface Internals {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: object): { resource?: GPUBuffer; values: unknown } };
  readonly commandQueueOwnedIds: WeakSet<object>;
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  uploadToGPU(dataId: object): void;
  makeUniforms(members: { type: string; data: number[] }[]): GPUBindingResource;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Dispatches programs on tensors of one instance of tfjs's WebGPU backend, in order with its own. */
export class GpuPrograms {
  private readonly internals: Internals;
  private readonly pipelines = new Map<GpuProgram, GPUComputePipeline>();

  private constructor(readonly backend: WebGPUBackend) {
    this.internals = backend as unknown as Internals;
  }

  /** Null where this build of tfjs is not the one whose parts are known here. */
  static link(backend: WebGPUBackend): GpuPrograms | null {
    return tf.version["tfjs-core"] === "4.22.0" ? new GpuPrograms(backend) : null;
  }

  /**
   * @param tensors those read, then those written, in the order of the program
   * @param uniforms in the order of the program
   * @param workgroups along x and y
   */
  dispatch(
    program: GpuProgram,
    tensors: readonly tf.TensorInfo[],
    uniforms: readonly number[],
    workgroups: readonly [x: number, y: number],
  ): void {
    const { internals } = this;
    const buffers = tensors.map((tensor) => this.bufferOf(tensor));
    for (const { dataId } of tensors.slice(program.reads.length)) {
      // A copy that was read back earlier is out of date now.
      internals.tensorMap.get(dataId).values = null;
    }
    const members = uniforms.map((value, i) => ({
      type: i < program.counts.length ? "uint32" : "float32",
      data: [value],
    }));
    const pipeline = this.pipeline(program);
    const entries = [internals.makeUniforms(members), ...buffers].map((resource, binding) => ({ binding, resource }));
    const bindGroup = internals.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    internals.ensureCommandEncoderReady();
    internals.computePassEncoder ??= internals.commandEncoder!.beginComputePass();
    internals.computePassEncoder.setPipeline(pipeline);
    internals.computePassEncoder.setBindGroup(0, bindGroup);
    internals.computePassEncoder.dispatchWorkgroups(...workgroups);
    internals.dispatchCountInPass++;
    if (internals.dispatchCountInPass >= tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE")) {
      internals.endComputePassEncoder();
      internals.submitQueue();
    }
  }

  /** A new tensor whose numbers the next program writes. */
  output(shape: number[]): tf.TensorInfo {
    return this.backend.makeTensorInfo(shape, "float32");
  }

  /** As many bytes as the tensor has, so that `arrayLength` is its size; marked as in use by what was not submitted yet. */
  private bufferOf({ dataId, shape }: tf.TensorInfo): GPUBufferBinding {
    const { internals } = this;
    internals.uploadToGPU(dataId);
    internals.commandQueueOwnedIds.add(dataId);
    return { buffer: internals.tensorMap.get(dataId).resource!, size: 4 * tf.util.sizeFromShape(shape) };
  }

  private pipeline(program: GpuProgram): GPUComputePipeline {
    let pipeline = this.pipelines.get(program);
    if (!pipeline) {
      const { device } = this.internals;
      const module = device.createShaderModule({ code: sourceOf(program) });
      pipeline = device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
      this.pipelines.set(program, pipeline);
    }
    return pipeline;
  }
}

function sourceOf({ reads, writes, counts, factors, code }: GpuProgram): string {
  const members = [...counts.map((name) => `${name}: u32`), ...factors.map((name) => `${name}: f32`)];
  const arrays = [
    ...reads.map((name) => ({ name, access: "read" })),
    ...writes.map((name) => ({ name, access: "read_write" })),
  ];
  return [
    `struct Uniforms { ${members.join(", ")} }`,
    "@group(0) @binding(0) var<uniform> p: Uniforms;",
    ...arrays.map(({ name, access }, i) => `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<f32>;`),
    code,
  ].join("\n");
}
