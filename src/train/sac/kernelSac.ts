import { KernelLearner } from "../offPolicy/kernelLearner.js";
import { LearntTemperature } from "./learntTemperature.js";
import type { SacState } from "./state.js";

/** What SAC of continuous and of discrete actions have in common on the SIMD kernels: a temperature beside the networks. */
export abstract class KernelSac extends KernelLearner<SacState> {
  protected readonly temperature = new LearntTemperature();

  async stateAsync(): Promise<SacState> {
    return { ...this.networks.state(), temperature: this.temperature.state };
  }

  load(state: SacState): void {
    this.networks.load(state);
    this.temperature.load(state);
  }
}
