import type { Feet } from "../feet.js";
import type { TaskAgent } from "../taskAgent.js";

/**
 * Counts how the feet of one character meet the ground over an episode. Contacts are looked at once per control step.
 *
 * `touchdownsPerSecond` counts all feet; `dutyFactor` is the share of time that a foot is down, averaged over feet;
 * `flightFraction` is the share of time with no foot down.
 */
export class GaitMeter {
  private steps = 0;
  private touchdowns = 0;
  private downSteps = 0;
  private flightSteps = 0;
  private readonly feet: Feet;

  constructor(private readonly agent: TaskAgent) {
    this.feet = agent.feet;
    agent.onControlStep = () => this.step();
  }

  /** The figures since the episode began. */
  measures(): Readonly<Record<string, number>> {
    const steps = Math.max(1, this.steps);
    const { count } = this.feet;
    return {
      touchdownsPerSecond: this.touchdowns / (steps * this.agent.dt),
      dutyFactor: count > 0 ? this.downSteps / (steps * count) : 0,
      flightFraction: this.flightSteps / steps,
    };
  }

  private step(): void {
    if (this.agent.stepCount <= this.agent.character.decisionPeriod) this.beginEpisode();
    const { feet } = this;
    for (let foot = 0; foot < feet.count; foot++) {
      this.touchdowns += feet.landed[foot]!;
      this.downSteps += feet.down[foot]!;
    }
    if (feet.airborne) this.flightSteps++;
    this.steps++;
  }

  private beginEpisode(): void {
    this.steps = 0;
    this.touchdowns = 0;
    this.downSteps = 0;
    this.flightSteps = 0;
  }
}
