import type { AdamState } from "../../nn/adam.js";
import type { KernelArena } from "../../nn/kernels/arena.js";
import { gradientScale } from "../../nn/kernels/gradientScale.js";
import type { OptimizedPlaces, Optimizer } from "../../nn/optimizer.js";
import { type SharedParameters, stateOfShared } from "./sharedParameters.js";

/** Share of g that a step keeps, and what is added to it under the root (Mnih et al. 2016, section 4 and 8). */
const DECAY = 0.99;
const EPSILON = 1e-5;

/**
 * RMSProp whose parameters and squares belong to all workers (Mnih et al. 2016, equation S3): g ← α g + (1 − α) Δθ²,
 * θ ← θ − η Δθ / √(g + ε), each number by itself and without a lock, as in Hogwild (Niu et al. 2011). Where two workers
 * change the same number in the same moment, one change may be lost; the paper found that this does no harm.
 */
export class SharedRmsProp implements Optimizer {
  constructor(
    private readonly arena: KernelArena,
    private readonly places: OptimizedPlaces,
    private readonly shared: SharedParameters,
  ) {}

  step(learningRate: number): void {
    const { size, gradients: address } = this.places;
    const { parameters, square } = this.shared;
    const gradients = this.arena.view(address, size);
    const scale = gradientScale(this.arena, this.places);
    for (let i = 0; i < size; i++) {
      const gradient = scale * gradients[i]!;
      const g = DECAY * square[i]! + (1 - DECAY) * gradient * gradient;
      square[i] = g;
      parameters[i]! -= (learningRate * gradient) / Math.sqrt(g + EPSILON);
    }
    this.pull();
  }

  /** Takes over what all workers have made of the parameters. */
  pull(): void {
    this.arena.view(this.places.parameters, this.places.size).set(this.shared.parameters);
  }

  state(): AdamState {
    return stateOfShared(this.shared).adam;
  }

  /** What is shared stands above what a worker was told to begin with. */
  restore(): void {
    this.pull();
  }
}
