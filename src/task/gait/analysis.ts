import { CHATTER } from "../feet.js";
import type { GaitRecording } from "./recording.js";

const GRAVITY = 9.81;
/** Points of a joint's curve over the stride. */
const CURVE_POINTS = 50;
/** Strides longer than this are pauses, s. */
const LONGEST_STRIDE = 3;

/** How one foot moves. */
export interface FootGait {
  readonly name: string;
  /** Share of the stride that it is on the ground. */
  readonly dutyFactor: number;
  /** When it comes down, as a share of the stride of the first foot, 0 … 1. */
  readonly phase: number;
  /** Length of the mean resultant of the phases: 1 always the same, 0 anything. */
  readonly phaseLock: number;
  readonly touchdownsPerSecond: number;
}

/** How a character moves: means over all strides of all recordings. Null where there is nothing to take a mean of. */
export interface Gait {
  readonly seconds: number;
  readonly strides: number;
  readonly feet: readonly FootGait[];
  /** Of all feet. */
  readonly touchdownsPerSecond: number;
  /** Mean of the feet's. */
  readonly dutyFactor: number;
  /** Shares of the time with no foot, and with more than half of the feet, on the ground. */
  readonly flightFraction: number;
  readonly supportFraction: number;
  /** Strides per second, and m per stride. */
  readonly strideFrequency: number | null;
  readonly strideLength: number | null;
  /** m/s over the ground: along the path, forward and to the right as the root faces. */
  readonly speed: number;
  readonly forwardSpeed: number;
  readonly sidewaysSpeed: number;
  /** v² / (g × height of the root at the start): walking turns into running at about a half (Alexander 1989). */
  readonly froude: number;
  /** Mechanical energy over weight × distance: Σ|τω| / (m g v). Null where the drives' torques are not known. */
  readonly costOfTransport: number | null;
  /** Mean height of the root over the one at the start. */
  readonly heightRatio: number;
  /**
   * Difference of the duty factors of two feet over their mean, 0 alike. Robinson, Herzog and Nigg 1987. Null unless the
   * body has feet in pairs whose names begin with left and right.
   */
  readonly dutyAsymmetry: number | null;
  /** Mean of each joint over the stride of the first foot, which comes down at 0; by name, `CURVE_POINTS` points in rad. */
  readonly jointCurves: Readonly<Record<string, readonly number[]>>;
}

/** Fills gaps and drops contacts shorter than `CHATTER`. @param down `[steps]` */
export function withoutChatter(down: Uint8Array, dt: number): Uint8Array {
  const out = down.slice();
  const shortest = Math.max(1, Math.round(CHATTER / dt));
  for (const value of [0, 1]) {
    let start = 0;
    for (let i = 1; i <= out.length; i++) {
      if (i < out.length && out[i] === out[start]) continue;
      // At the ends nobody knows how long it lasts.
      if (out[start] === value && i - start < shortest && start > 0 && i < out.length) out.fill(1 - value, start, i);
      start = i;
    }
  }
  return out;
}

/** Steps in which the foot comes down. */
function touchdowns(down: Uint8Array): number[] {
  const steps: number[] = [];
  for (let i = 1; i < down.length; i++) if (down[i] && !down[i - 1]) steps.push(i);
  return steps;
}

/** @param from seconds at the start that are left out: it takes a moment to get going */
export function analyseGait(recordings: readonly GaitRecording[], from = 2): Gait {
  const first = recordings[0]!;
  const { feet, joints, dt, mass, startHeight } = first;
  const sums = {
    seconds: 0,
    flight: 0,
    support: 0,
    path: 0,
    forward: 0,
    sideways: 0,
    height: 0,
    energy: 0,
    strideSeconds: 0,
    strideMeters: 0,
    strides: 0,
  };
  const perFoot = feet.map(() => ({ down: 0, touchdowns: 0, cos: 0, sin: 0, phases: 0 }));
  const curves = joints.map(() => new Float64Array(CURVE_POINTS));
  for (const recording of recordings) {
    const begin = Math.min(recording.steps, Math.round(from / dt));
    const count = recording.steps - begin;
    if (count < 2) continue;
    const contacts = feet.map((_, foot) =>
      withoutChatter(
        Uint8Array.from({ length: count }, (_, i) => recording.contacts[(begin + i) * feet.length + foot]!),
        dt,
      ),
    );
    const landings = contacts.map(touchdowns);
    addTime(recording, begin, contacts, sums);
    contacts.forEach((down, foot) => {
      for (const value of down) perFoot[foot]!.down += value * dt;
      perFoot[foot]!.touchdowns += landings[foot]!.length;
    });
    addStrides(recording, begin, landings, sums, perFoot, curves);
  }
  const { seconds, strides } = sums;
  const mean = (sum: number) => (seconds > 0 ? sum / seconds : 0);
  const footGaits = feet.map((name, i): FootGait => {
    const { down, touchdowns: count, cos, sin, phases } = perFoot[i]!;
    const angle = Math.atan2(sin, cos) / (2 * Math.PI);
    return {
      name,
      dutyFactor: mean(down),
      phase: angle < 0 ? angle + 1 : angle,
      phaseLock: phases > 0 ? Math.hypot(cos, sin) / phases : 0,
      touchdownsPerSecond: mean(count),
    };
  });
  const speed = mean(sums.path);
  return {
    seconds,
    strides,
    feet: footGaits,
    touchdownsPerSecond: footGaits.reduce((sum, foot) => sum + foot.touchdownsPerSecond, 0),
    dutyFactor: footGaits.reduce((sum, foot) => sum + foot.dutyFactor, 0) / Math.max(1, feet.length),
    flightFraction: mean(sums.flight),
    supportFraction: mean(sums.support),
    strideFrequency: strides > 0 ? strides / sums.strideSeconds : null,
    strideLength: strides > 0 ? sums.strideMeters / strides : null,
    speed,
    forwardSpeed: mean(sums.forward),
    sidewaysSpeed: mean(sums.sideways),
    froude: speed ** 2 / (GRAVITY * startHeight),
    costOfTransport: Number.isFinite(sums.energy) && sums.path > 0 ? sums.energy / (mass * GRAVITY * sums.path) : null,
    heightRatio: mean(sums.height) / startHeight,
    dutyAsymmetry: dutyAsymmetry(footGaits),
    jointCurves:
      strides > 0
        ? Object.fromEntries(joints.map((name, i) => [name, Array.from(curves[i]!, (sum) => sum / strides)]))
        : {},
  };
}

type Sums = Record<
  | "seconds"
  | "flight"
  | "support"
  | "path"
  | "forward"
  | "sideways"
  | "height"
  | "energy"
  | "strideSeconds"
  | "strideMeters"
  | "strides",
  number
>;

function addTime(
  { root, rootHeights, headings, power, dt }: GaitRecording,
  begin: number,
  contacts: Uint8Array[],
  sums: Sums,
) {
  const count = contacts[0]?.length ?? headings.length - begin;
  for (let i = 0; i < count; i++) {
    const step = begin + i;
    const down = contacts.reduce((sum, foot) => sum + foot[i]!, 0);
    sums.seconds += dt;
    if (contacts.length > 0 && down === 0) sums.flight += dt;
    if (down > contacts.length / 2) sums.support += dt;
    sums.height += rootHeights[step]! * dt;
    sums.energy += power[step]! * dt;
    if (i === 0) continue;
    const dx = root[step * 3]! - root[step * 3 - 3]!;
    const dz = root[step * 3 + 2]! - root[step * 3 - 1]!;
    const heading = headings[step]!;
    sums.forward += dx * Math.sin(heading) + dz * Math.cos(heading);
    sums.sideways += dx * Math.cos(heading) - dz * Math.sin(heading);
  }
  // Along straight pieces of a second, so that swaying from side to side is not taken for progress.
  const piece = Math.round(1 / dt);
  for (let i = 0; i + 1 < count; i += piece) {
    const [a, b] = [begin + i, begin + Math.min(count - 1, i + piece)];
    sums.path += Math.hypot(root[b * 3]! - root[a * 3]!, root[b * 3 + 2]! - root[a * 3 + 2]!);
  }
}

function addStrides(
  { root, jointValues, joints, dt }: GaitRecording,
  begin: number,
  landings: readonly (readonly number[])[],
  sums: Sums,
  perFoot: { cos: number; sin: number; phases: number }[],
  curves: readonly Float64Array[],
): void {
  const reference = landings[0] ?? [];
  for (let k = 1; k < reference.length; k++) {
    const [start, end] = [reference[k - 1]!, reference[k]!];
    if ((end - start) * dt > LONGEST_STRIDE) continue;
    sums.strides++;
    sums.strideSeconds += (end - start) * dt;
    const [a, b] = [(begin + start) * 3, (begin + end) * 3];
    sums.strideMeters += Math.hypot(root[b]! - root[a]!, root[b + 2]! - root[a + 2]!);
    landings.forEach((steps, foot) => {
      for (const step of steps) {
        if (step < start || step >= end) continue;
        const angle = (2 * Math.PI * (step - start)) / (end - start);
        perFoot[foot]!.cos += Math.cos(angle);
        perFoot[foot]!.sin += Math.sin(angle);
        perFoot[foot]!.phases++;
      }
    });
    for (let p = 0; p < CURVE_POINTS; p++) {
      const at = begin + start + (p / CURVE_POINTS) * (end - start);
      const step = Math.floor(at);
      const share = at - step;
      for (let j = 0; j < joints.length; j++) {
        const here = jointValues[step * joints.length + j]!;
        const next = jointValues[(step + 1) * joints.length + j] ?? here;
        curves[j]![p]! += here + share * (next - here);
      }
    }
  }
}

function dutyAsymmetry(feet: readonly FootGait[]): number | null {
  const pairs = feet.flatMap((foot) => {
    const other = feet.find(({ name }) => name === foot.name.replace(/left/, "right"));
    return /left/.test(foot.name) && other ? [[foot.dutyFactor, other.dutyFactor] as const] : [];
  });
  if (pairs.length === 0) return null;
  const differences = pairs.map(([a, b]) => (a + b > 0 ? Math.abs(a - b) / ((a + b) / 2) : 0));
  return differences.reduce((sum, value) => sum + value, 0) / pairs.length;
}
