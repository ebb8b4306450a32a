import { ADAM_EPSILON, type Temperature } from "../offPolicy/learner.js";
import type { SacState } from "./state.js";

const [BETA1, BETA2] = [0.9, 0.999];

/** The temperature α of a learner on the kernels: log α, and Adam on it. */
export class LearntTemperature {
  private step = 0;
  private logAlpha = 0;
  private mean = 0;
  private square = 0;

  get alpha(): number {
    return Math.exp(this.logAlpha);
  }

  get state(): Temperature {
    const { logAlpha, mean, square } = this;
    return { logAlpha, mean, square };
  }

  load({ temperature, adam }: SacState): void {
    // It takes its steps with the actor.
    this.step = adam.actor.step;
    this.logAlpha = temperature.logAlpha;
    this.mean = temperature.mean;
    this.square = temperature.square;
  }

  /** One step of Adam. @param gradient by log α: how far the entropy is above its target */
  descend(gradient: number, learningRate: number): void {
    this.step++;
    this.mean += (1 - BETA1) * (gradient - this.mean);
    this.square += (1 - BETA2) * (gradient * gradient - this.square);
    const mean = this.mean / (1 - BETA1 ** this.step);
    const square = this.square / (1 - BETA2 ** this.step);
    this.logAlpha -= (learningRate * mean) / (Math.sqrt(square) + ADAM_EPSILON);
  }
}
