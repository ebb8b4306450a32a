import { InputError } from "../../inputError.js";
import type { Backend } from "../../nn/backend.js";
import { Random } from "../../random.js";
import type { OnPolicyLayout } from "../onPolicy/layout.js";
import type { LearnSettings, OnPolicyLearner, OnPolicyState } from "../onPolicy/learner.js";
import { KernelLearner } from "./kernelLearner.js";

export interface LearnerRequest {
  readonly backend: "auto" | Backend;
  readonly layout: OnPolicyLayout;
  /** A network of the right shape. */
  readonly state: OnPolicyState;
  readonly settings: LearnSettings;
  readonly maxGradNorm: number | null;
  readonly random: Random;
  /** Workers that could learn together on the CPU. */
  readonly workers: number;
  /** Why there is no use in looking for a GPU here; null: look for one. Only `auto` asks. */
  readonly gpuProblem: string | null;
}

export interface ChosenLearner {
  readonly backend: Backend;
  /** Why this backend, in a few words; null where it was asked for by name. */
  readonly reason: string | null;
  /** Null: the workers learn by themselves, on the SIMD kernels. */
  readonly learner: OnPolicyLearner | null;
}

/**
 * The learner on a backend: `wasm` leaves learning to the workers, `webgpu` and `cpu` run on tfjs in this thread. `auto`
 * times a few minibatches of the network itself on the GPU, where there is one, and on the CPU, and takes the faster.
 *
 * tfjs is loaded only where it is needed.
 *
 * @throws InputError where "webgpu" is asked for by name and there is none
 */
export async function createLearnerAsync(request: LearnerRequest): Promise<ChosenLearner> {
  if ((request.settings.symmetryCoefficient ?? 0) > 0) {
    if (request.backend !== "auto" && request.backend !== "wasm") {
      throw new InputError(`symmetry_loss is learnt by the workers; use --backend wasm instead of ${request.backend}.`);
    }
    return { backend: "wasm", reason: request.backend === "auto" ? "symmetry_loss" : null, learner: null };
  }
  const choice =
    request.backend === "auto" ? await fastestBackendAsync(request) : { backend: request.backend, reason: null };
  return { ...choice, learner: choice.backend === "wasm" ? null : await tensorLearnerAsync(choice.backend, request) };
}

async function fastestBackendAsync(request: LearnerRequest): Promise<Omit<ChosenLearner, "learner">> {
  const { layout, state, settings, maxGradNorm, workers } = request;
  const { webGpuProblemAsync } = await import("../../nn/webgpu/adapter.js");
  const problem = request.gpuProblem ?? (await webGpuProblemAsync());
  if (problem) return { backend: "wasm", reason: problem };
  const { chooseLearnerAsync } = await import("./chooseLearner.js");
  const random = () => new Random(1); // the trial takes nothing from the run's own numbers
  const kernels = { layout, state, maxGradNorm, maxRows: settings.batchSize, random: random() };
  const { fastest, timings } = await chooseLearnerAsync(
    [
      { name: "wasm" as const, members: workers, createAsync: () => KernelLearner.createAsync(kernels) },
      {
        name: "webgpu" as const,
        members: 1,
        createAsync: () => tensorLearnerAsync("webgpu", { ...request, random: random() }),
      },
    ],
    layout,
    settings,
  );
  const times = timings.map(({ name, milliseconds }) => `${milliseconds.toFixed(2)} ms on ${name}`);
  return { backend: fastest.name, reason: `a minibatch takes ${times.join(", ")}` };
}

async function tensorLearnerAsync(
  backend: Backend,
  { layout, state, maxGradNorm, random }: Pick<LearnerRequest, "layout" | "state" | "maxGradNorm" | "random">,
): Promise<OnPolicyLearner> {
  const [{ selectBackendAsync }, { TensorLearner }] = await Promise.all([
    import("../../nn/backend.js"),
    import("./tensorLearner.js"),
  ]);
  await selectBackendAsync(backend);
  return new TensorLearner({ layout, state, maxGradNorm, random: random.split() });
}
