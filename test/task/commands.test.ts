import { describe, expect, it } from "vitest";
import { EnvironmentParameters, type ParameterSource } from "../../src/agent/environmentParameters.js";
import { MotionCommand } from "../../src/agent/motionCommand.js";
import { Random } from "../../src/random.js";
import { type GoalCommandOptions, GoalCommands } from "../../src/task/commands.js";
import type { TaskState } from "../../src/task/task.js";

/** An episode of a character that is where the test puts it; `pass` lets control steps of 0.1 s go by. */
function episode(
  sources: Readonly<Record<string, ParameterSource>>,
  options: GoalCommandOptions & { yaw?: number; seed?: number } = {},
) {
  const random = new Random(options.seed ?? 1);
  const parameters = new EnvironmentParameters();
  parameters.drawFrom(new EnvironmentParameters(sources), random);
  const state = {
    body: { yaw: options.yaw ?? 0, positions: new Float32Array(3), ground: [0, 0, 0], world: {} },
    command: new MotionCommand(),
    parameters,
    seconds: 0,
    dt: 0.1,
  };
  const goals = new GoalCommands(options);
  goals.begin(state as unknown as TaskState, random);
  const pass = (steps: number, seen: () => void = () => {}) => {
    for (let i = 0; i < steps; i++) {
      state.seconds += 0.1;
      goals.step(state as unknown as TaskState, random);
      seen();
    }
  };
  return { goals, command: state.command, body: state.body, parameters, pass };
}

describe("GoalCommands", () => {
  it("asks for 1 m/s straight ahead where nothing is set, all episode long", () => {
    const { command, pass } = episode({}, { yaw: 0.7 });
    const now = () => [command.forward, command.sideways, command.heading, command.cadence];
    expect(now()).toEqual([1, 0, 0.7, 0]);
    pass(200);
    expect(now()).toEqual([1, 0, 0.7, 0]);
  });

  it("goes in the target direction against the heading: a right angle is to the right, half a turn is backward", () => {
    const going = (direction: number) => {
      const { command } = episode({ "target-speed": 2, "target-direction": direction });
      return [command.forward, command.sideways];
    };
    expect(going(0)).toEqual([2, 0]);
    expect(going(Math.PI / 2)[0]).toBeCloseTo(0, 12);
    expect(going(Math.PI / 2)[1]).toBe(2);
    expect(going(Math.PI)[0]).toBe(-2);
    // 2 × (cos 30°, −sin 30°)
    expect(going(-Math.PI / 6)[0]).toBeCloseTo(Math.sqrt(3), 12);
    expect(going(-Math.PI / 6)[1]).toBeCloseTo(-1, 12);
  });

  it("takes a speed below zero for standing", () => {
    const { command } = episode({ "target-speed": -0.5 });
    expect([command.speed, command.standing]).toEqual([0, true]);
  });

  it("asks for the rhythm that belongs to the speed, from some phase on", () => {
    const rhythm = (speed: number) => ({ cadence: 0.5 + speed / 4, duty: 0.8 - speed / 10 });
    const phases = [1, 2, 3].map((seed) => {
      const { command } = episode({ "target-speed": 2 }, { rhythm, seed });
      expect([command.cadence, command.duty]).toEqual([1, expect.closeTo(0.6, 9)]);
      return command.phase;
    });
    expect(new Set(phases).size).toBe(3);
    for (const phase of phases) expect([phase >= 0, phase < 1]).toEqual([true, true]);
  });

  it("gives another command from time to time, 0.5 to 1.5 of the mean apart", () => {
    const speed = { kind: "uniform", min: 1, max: 2 } as const;
    const { command, pass } = episode({ "target-speed": speed, "command-seconds": 2 });
    const changes: number[] = [];
    let [last, step] = [command.forward, 0];
    pass(4000, () => {
      step++;
      if (command.forward !== last) changes.push(step);
      last = command.forward;
    });
    const gaps = changes.slice(1).map((at, i) => (at - changes[i]!) / 10);
    expect(changes[0]! / 10).toBeLessThanOrEqual(3.1);
    // To the next step of 0.1 s.
    expect(Math.min(...gaps)).toBeGreaterThan(0.9);
    expect(Math.max(...gaps)).toBeLessThan(3.15);
    // Uniform in 1 … 3 s has mean 2 and σ = 0.58; of about 200, and half a step late.
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(gaps.length).toBeGreaterThan(150);
    expect(Math.abs(mean - 2.05)).toBeLessThan(0.15);
    expect([last >= 1, last < 2]).toEqual([true, true]);
  });

  it("turns by the target turn at the start and with every command", () => {
    const { command, pass } = episode({ "target-turn": 0.25, "command-seconds": 1 }, { yaw: 1 });
    expect(command.heading).toBe(1.25);
    let turns = 0;
    let last = command.heading;
    pass(100, () => {
      if (command.heading === last) return;
      expect(command.heading).toBeCloseTo(last + 0.25, 12);
      last = command.heading;
      turns++;
    });
    // Ten seconds, one every second or so.
    expect(turns).toBeGreaterThan(6);
    expect(turns).toBeLessThan(15);
  });

  it("keeps the samplers' draws of one command together with the next one's", () => {
    // Whatever is drawn anew is a goal's; other parameters stay as they were drawn for the episode.
    const range = { kind: "uniform", min: 0, max: 1 } as const;
    const { parameters, pass } = episode({ "target-speed": range, wind: range, "command-seconds": 1 });
    const wind = parameters.getWithDefault("wind", -1);
    const speed = parameters.getWithDefault("target-speed", -1);
    pass(20);
    expect(parameters.getWithDefault("wind", -1)).toBe(wind);
    expect(parameters.getWithDefault("target-speed", -1)).not.toBe(speed);
  });

  it("faces a target, and moves it away when it is reached", () => {
    const { goals, command, body, pass } = episode({ "target-distance": 5 });
    expect(goals.measures()).toEqual({ targetsReached: 0 });
    const place = () => [5 * Math.sin(command.heading), 5 * Math.cos(command.heading)] as const;
    const [x, z] = place();
    // From anywhere else it still looks there.
    body.positions.set([x - 1, 0, z - 1]);
    pass(1);
    expect(command.heading).toBeCloseTo(Math.PI / 4, 5);
    expect(goals.measures()).toEqual({ targetsReached: 0 });
    // 0.7 m before it counts as there; the next one is 5 m from here, somewhere else.
    body.positions.set([x - 0.7, 0, z]);
    pass(1);
    expect(goals.measures()).toEqual({ targetsReached: 1 });
    const heading = command.heading;
    const [dx, dz] = place();
    body.positions.set([x - 0.7 + dx, 0, z + dz]);
    pass(1);
    expect(goals.measures()).toEqual({ targetsReached: 2 });
    expect(command.heading).not.toBe(heading);
  });

  it("turns to a target at the rate that is given, the shorter way round", () => {
    const { command, body, pass } = episode({ "target-distance": 5 }, { yaw: 3, turnRate: 1.5 });
    const [x, , z] = command.target!;
    // One step of 0.1 s at the start already.
    expect(Math.abs(command.heading - 3)).toBeCloseTo(0.15, 6);
    // Behind the left shoulder: from 3 to −2.5 rad it is 0.78 rad over π, not 5.5 back.
    command.heading = 3;
    body.positions.set([x - 4 * Math.sin(-2.5), 0, z - 4 * Math.cos(-2.5)]);
    pass(1);
    expect(command.heading).toBeCloseTo(3.15, 6);
    pass(5);
    expect(command.heading).toBeCloseTo(-2.5, 5);
  });

  it("puts targets all around, at the same distance", () => {
    const headings = Array.from(
      { length: 60 },
      (_, seed) => episode({ "target-distance": 3 }, { seed }).command.heading,
    );
    for (const [low, high] of [
      [-Math.PI, -Math.PI / 2],
      [-Math.PI / 2, 0],
      [0, Math.PI / 2],
      [Math.PI / 2, Math.PI],
    ] as const) {
      expect(headings.filter((heading) => heading >= low && heading < high).length).toBeGreaterThan(5);
    }
  });

  it("counts targets anew in each episode", () => {
    const { goals, command, body, pass, parameters } = episode({ "target-distance": 0.5 });
    // Nearer than what counts as reached: one in each step.
    pass(3);
    expect(goals.measures()).toEqual({ targetsReached: 3 });
    goals.begin({ body, command, parameters, seconds: 0, dt: 0.1 } as unknown as TaskState, new Random(2));
    expect(goals.measures()).toEqual({ targetsReached: 0 });
  });
});
