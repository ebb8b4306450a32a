import { headingOf } from "../../body/heading.js";
import { massesOf } from "../../body/massProperties.js";
import type { Feet } from "../feet.js";
import { mechanicalPower } from "../rewards/effort.js";
import type { TaskAgent } from "../taskAgent.js";

/** One episode of one character, control step by control step. */
export interface GaitRecording {
  /** Seconds of a control step. */
  readonly dt: number;
  readonly steps: number;
  /** Names of the feet and of the joint values. */
  readonly feet: readonly string[];
  readonly joints: readonly string[];
  /** `[steps, feet]`, 1 while on the ground. */
  readonly contacts: Uint8Array;
  /** `[steps, 3]`, m: the root. */
  readonly root: Float32Array;
  /** `[steps]`, m: the root above the ground. */
  readonly rootHeights: Float32Array;
  /** `[steps]`, rad: where the root looks; 0 is +z. */
  readonly headings: Float32Array;
  /** `[steps, joints]`, rad (m for sliders). */
  readonly jointValues: Float32Array;
  /** `[steps]`, W; NaN where a drive's torque is not known. */
  readonly power: Float32Array;
  /** Total, kg. */
  readonly mass: number;
  /** Height of the root above the ground in the start pose, m. */
  readonly startHeight: number;
}

/** Writes down how an agent moves, from the beginning of an episode on, for a given number of control steps. */
export class GaitRecorder {
  private readonly contacts: number[] = [];
  private readonly root: number[] = [];
  private readonly rootHeights: number[] = [];
  private readonly headings: number[] = [];
  private readonly jointValues: number[] = [];
  private readonly power: number[] = [];
  private readonly feet: Feet;
  private over = false;

  constructor(
    private readonly agent: TaskAgent,
    private readonly joints: readonly string[],
  ) {
    this.feet = agent.feet;
    agent.onControlStep = () => this.step();
  }

  /** What has been recorded up to the end of the first episode. */
  recording(): GaitRecording {
    const { agent } = this;
    const { spec } = agent.body;
    return {
      dt: agent.dt,
      steps: this.power.length,
      feet: spec.feet ?? [],
      joints: this.joints,
      contacts: Uint8Array.from(this.contacts),
      root: Float32Array.from(this.root),
      rootHeights: Float32Array.from(this.rootHeights),
      headings: Float32Array.from(this.headings),
      jointValues: Float32Array.from(this.jointValues),
      power: Float32Array.from(this.power),
      mass: massesOf(spec).total,
      startHeight: agent.startHeight(0),
    };
  }

  private step(): void {
    const { agent, feet } = this;
    const { body } = agent;
    const first = agent.stepCount <= agent.character.decisionPeriod;
    if (this.over || (first && this.power.length > 0)) {
      this.over = true;
      return;
    }
    this.contacts.push(...feet.down);
    this.root.push(body.positions[0]!, body.positions[1]!, body.positions[2]!);
    this.rootHeights.push(body.heightAbove(0));
    this.headings.push(headingOf(body.rotations, 0));
    this.jointValues.push(...body.jointValues);
    this.power.push(mechanicalPower(agent));
  }
}
