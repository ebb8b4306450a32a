import type { TaskAgent } from "./taskAgent.js";

/**
 * Counts how the feet of one character meet the ground over an episode. Contacts are looked at once per control step.
 *
 * `touchdownsPerSecond` counts all feet; `dutyFactor` is the share of time that a foot is down, averaged over feet;
 * `flightFraction` is the share of time with no foot down.
 */
export class GaitMeter {
  private readonly feet: readonly number[];
  private readonly down: Uint8Array;
  private steps = 0;
  private touchdowns = 0;
  private downSteps = 0;
  private flightSteps = 0;

  constructor(private readonly agent: TaskAgent) {
    const { body } = agent;
    this.feet = (body.spec.feet ?? []).map((foot) => body.partIndex(foot));
    this.down = new Uint8Array(this.feet.length);
    body.watchContacts(this.feet);
    agent.onControlStep = () => this.step();
  }

  /** The figures since the episode began. */
  measures(): Readonly<Record<string, number>> {
    const steps = Math.max(1, this.steps);
    return {
      touchdownsPerSecond: this.touchdowns / (steps * this.agent.dt),
      dutyFactor: this.feet.length > 0 ? this.downSteps / (steps * this.feet.length) : 0,
      flightFraction: this.flightSteps / steps,
    };
  }

  private step(): void {
    if (this.agent.stepCount <= this.agent.character.decisionPeriod) this.beginEpisode();
    let anyDown = false;
    this.feet.forEach((part, i) => {
      const contact = this.agent.body.contacts[part]!;
      if (contact && !this.down[i]) this.touchdowns++;
      this.down[i] = contact;
      this.downSteps += contact;
      anyDown ||= contact === 1;
    });
    if (!anyDown) this.flightSteps++;
    this.steps++;
  }

  private beginEpisode(): void {
    this.steps = 0;
    this.touchdowns = 0;
    this.downSteps = 0;
    this.flightSteps = 0;
    this.down.fill(1); // on the ground
  }
}
