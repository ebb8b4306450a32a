import { massesOf } from "../../body/massProperties.js";
import type { TaskState } from "../task.js";
import { defineTerm, plainTerm } from "./term.js";

const GRAVITY = 9.81;

/** The rhythm of the feet: one entry per foot; a list that is too short gives its last entry to the other feet. */
interface Schedule {
  /** Phase of the stride at which the foot comes down, before the clock's 0. */
  readonly offsets: readonly number[];
  /** Share of the stride on the ground; empty: as the command says. */
  readonly duty: readonly number[];
}

const of = (list: readonly number[], foot: number) => list[Math.min(foot, list.length - 1)];

/** Whether the clock of the stride wants this foot on the ground. Without a rhythm, and when standing, all should be. */
function shouldBeDown({ command }: TaskState, { offsets, duty }: Schedule, foot: number): boolean {
  if (command.standing || command.cadence === 0) return true;
  const phase = command.phase + (of(offsets, foot) ?? 0);
  return phase - Math.floor(phase) < (of(duty, foot) ?? command.duty);
}

export const airTime = defineTerm({
  summary:
    "For each foot that comes down: how long its swing was, at most `longest`, less `enough`. Short, shuffling steps cost.",
  unit: "s",
  options: { longest: 0.5, enough: 0.25 },
  create:
    ({ longest, enough }) =>
    ({ feet }) => {
      let sum = 0;
      for (let i = 0; i < feet.count; i++) if (feet.landed[i]) sum += Math.min(longest, feet.airSeconds[i]!) - enough;
      return sum;
    },
});

export const flight = plainTerm("1 while no foot is on the ground.", "0 or 1", ({ feet }) => (feet.airborne ? 1 : 0));

export const footSlip = plainTerm("Speed over the ground of the feet that are down, summed.", "m/s", ({ feet }) => {
  let sum = 0;
  for (let i = 0; i < feet.count; i++) if (feet.down[i]) sum += feet.groundSpeed(i);
  return sum;
});

export const footClearance = defineTerm({
  summary:
    "How high the feet are that should be in the air by the stride's clock, as a share of `height` m, averaged over those feet.",
  unit: "0 … 1",
  options: { height: 0.1, offsets: [0, 0.5], duty: [] as number[] },
  create:
    ({ height, ...schedule }) =>
    (state) => {
      const { feet } = state;
      let [sum, swinging] = [0, 0];
      for (let i = 0; i < feet.count; i++) {
        if (shouldBeDown(state, schedule, i)) continue;
        swinging++;
        sum += Math.max(0, Math.min(1, feet.clearance(i) / height));
      }
      return swinging > 0 ? sum / swinging : 0;
    },
});

export const contactSchedule = defineTerm({
  summary:
    "Share of the feet that do what the stride's clock wants: on the ground for `duty` of the stride, from the phase −`offset` on (one entry per foot; no `duty`: as the command says).",
  unit: "0 … 1",
  options: { offsets: [0, 0.5], duty: [] as number[] },
  create: (schedule) => (state) => {
    const { feet } = state;
    let right = 0;
    for (let i = 0; i < feet.count; i++) {
      if (shouldBeDown(state, schedule, i) === (feet.down[i] === 1)) right++;
    }
    return feet.count > 0 ? right / feet.count : 0;
  },
});

export const footGroups = defineTerm({
  summary:
    "Share of the pairs of feet that keep together or apart: feet of one group (same number) do the same, of any two others one is down and one up.",
  unit: "0 … 1",
  options: { groups: [0, 1] },
  create:
    ({ groups }) =>
    ({ feet }) => {
      let [right, pairs] = [0, 0];
      for (let i = 1; i < feet.count; i++) {
        for (let j = 0; j < i; j++, pairs++) {
          if ((of(groups, i) === of(groups, j)) === (feet.down[i] === feet.down[j])) right++;
        }
      }
      return pairs > 0 ? right / pairs : 0;
    },
});

export const footRest = defineTerm({
  summary:
    "How much longer than `longest` s each foot has been in the air, or on the ground, without a change, at most `most` s; summed. A foot that takes no part costs.",
  unit: "s",
  options: { longest: 0.4, most: 1 },
  create:
    ({ longest, most }) =>
    ({ feet }) => {
      let sum = 0;
      for (let i = 0; i < feet.count; i++) {
        const seconds = Math.max(feet.airSeconds[i]!, feet.groundSeconds[i]!);
        sum += Math.max(0, Math.min(most, seconds - longest));
      }
      return sum;
    },
});

export const impact = defineTerm({
  summary: "Contact force on the feet beyond `free` times the body's weight.",
  unit: "body weights",
  options: { free: 1.5 },
  create:
    ({ free }) =>
    ({ body, feet }) => {
      let force = 0;
      for (const part of feet.parts) force += body.contactForces[part]!;
      return Math.max(0, force / (massesOf(body.spec).total * GRAVITY) - free);
    },
});
