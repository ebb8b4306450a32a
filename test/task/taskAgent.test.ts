import { describe, expect, it, vi } from "vitest";
import { Academy } from "../../src/agent/academy.js";
import type { EpisodeEnd } from "../../src/agent/agent.js";
import type { PhysicsWorld } from "../../src/body/world.js";
import { Random } from "../../src/random.js";
import type { CommandSource } from "../../src/task/commands.js";
import { Feet } from "../../src/task/feet.js";
import { GaitMeter } from "../../src/task/gait/gaitMeter.js";
import type { SceneDefinition } from "../../src/task/scene.js";
import type { TaskState } from "../../src/task/task.js";
import { TaskAgent } from "../../src/task/taskAgent.js";
import { createWorld } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { crawlerCharacter, crawlerScene } from "../support/scene.js";

function setUp(scene: SceneDefinition, options: Partial<ConstructorParameters<typeof TaskAgent>[2]> = {}) {
  const world: PhysicsWorld = createWorld({ physicsDt: 1 / 120, ground: 1 });
  const academy = new Academy(world, { wind: 7 });
  const agent = new TaskAgent(world, scene, { random: new Random(1), ...options });
  const decide = (steps = 1) => {
    for (let i = 0; i < steps * crawlerCharacter.decisionPeriod; i++) void academy.step();
  };
  return { world, academy, agent, decide };
}

describe("TaskAgent", () => {
  it("adds weight × term after each control step, by name", () => {
    let speed = 0;
    const task = {
      rewards: { speed: () => ++speed, alive: () => 1, unused: () => Number.NaN },
      weights: { speed: 0.5, alive: 2, unused: 0 },
    };
    const { academy, agent, decide } = setUp(crawlerScene(task), { rewards: { alive: 3 } });
    academy.add(agent);
    decide(3);
    // Speeds of 1, 2 and 3 at 0.5, three times 3; a weight of 0 does not even ask for its term.
    expect(agent.rewards.episodeTerms).toEqual({ speed: 3, alive: 9 });
    expect(agent.rewards.episode).toBe(12);
    expect(agent.rewards.sinceDecision).toBe(4.5);
  });

  it("takes other rewards in the middle of an episode", () => {
    const task = { rewards: { one: () => 1, two: () => 2 }, weights: { one: 1, two: 1 }, scaledBy: { two: "wind" } };
    const { academy, agent, decide } = setUp(crawlerScene(task));
    academy.add(agent);
    decide();
    expect(agent.rewards.sinceDecision).toBe(1 + 7 * 2);
    agent.setRewards({ one: 0, two: 2, alive: 5 });
    decide();
    // The wind of 7 counts on.
    expect(agent.rewards.sinceDecision).toBe(7 * 2 * 2 + 5);
    expect(agent.rewards.episodeTerms).toEqual({ one: 1, two: 14 + 28, alive: 5 });
  });

  it("goes on without a term of code that fails, and says which and where", () => {
    const { academy, agent, decide } = setUp(crawlerScene({ rewards: {}, weights: {} }));
    academy.add(agent);
    const code = "(state) => {\n  if (state.seconds > 0.03) state.nothing.at(0);\n  return 1;\n}";
    agent.setRewards({ mine: { weight: 2, code } });
    decide(4);
    expect(agent.rewards.faults).toEqual([
      { term: "mine", line: 2, message: expect.stringMatching(/^TypeError: Cannot read properties of undefined/) },
    ]);
    expect(agent.rewards.episodeTerms.mine).toBeLessThan(8);
    agent.beginEpisode();
    expect(agent.rewards.faults).toEqual([]);
  });

  it("shows terms and endings the state of the step: action, the one before, root, time, parameters", () => {
    const seen: number[][] = [];
    const look = ({ action, previousAction, dt, seconds, previousRoot, body, parameters }: TaskState) => [
      action[0]!,
      previousAction[0]!,
      dt,
      seconds,
      body.positions[1]! - previousRoot[1]!,
      parameters.getWithDefault("wind", 0),
    ];
    let heights: number[] = [];
    const scene = crawlerScene({
      rewards: { look: (state) => 0 * seen.push(look(state)) },
      weights: { look: 1 },
      fallen: (state) => {
        expect(look(state)).toEqual(seen.at(-1));
        return false;
      },
    });
    const { academy, agent, decide } = setUp(scene);
    let next = 0.25;
    agent.heuristic = ({ continuousActions }) => void continuousActions.fill(next);
    academy.add(agent);
    heights = [agent.body.positions[1]!];
    for (next of [0.25, 0.5, -0.5]) {
      decide();
      heights.push(agent.body.positions[1]!);
    }
    const [a, b, c] = heights as [number, number, number];
    const d = heights[3]!;
    expectNear(seen[0]!, [0.25, 0, 0.025, 0.025, b - a, 7], 1e-6);
    expectNear(seen[1]!, [0.5, 0.25, 0.025, 0.05, c - b, 7], 1e-6);
    expectNear(seen[2]!, [-0.5, 0.5, 0.025, 0.075, d - c, 7], 1e-6);
  });

  it("is terminated when it has fallen, truncated when its time is up", () => {
    const ends: [EpisodeEnd, number][] = [];
    const record = (task: object, options = {}) => {
      ends.length = 0;
      const { academy, agent, decide } = setUp(crawlerScene(task), options);
      agent.onEpisodeEnd = (end) => ends.push([end, agent.stepCount]);
      academy.add(agent);
      decide(25);
      return [...ends];
    };
    // Half a second is 20 control steps of 3 physics steps.
    expect(record({})).toEqual([["truncated", 60]]);
    expect(record({}, { episodeSeconds: 0.25 })).toEqual([
      ["truncated", 30],
      ["truncated", 30],
    ]);
    expect(record({ fallen: ({ seconds }: TaskState) => seconds > 0.19 })).toEqual([
      ["terminated", 24],
      ["terminated", 24],
      ["terminated", 24],
    ]);
    // In the very last step a fall counts, not the time.
    expect(record({ fallen: ({ seconds }: TaskState) => seconds > 0.499 })).toEqual([["terminated", 60]]);
  });

  it("measures its mean speed forward since the episode began", () => {
    const { academy, agent, decide } = setUp(crawlerScene());
    academy.add(agent);
    expect(agent.forwardSpeed).toBe(0);
    const start = agent.body.positions[2]!;
    agent.body.applyImpulse(0, [0, 5, 20]);
    decide(4);
    expect(agent.forwardSpeed).toBeCloseTo((agent.body.positions[2]! - start) / 0.1, 4);
    expect(agent.forwardSpeed).toBeGreaterThan(0.3);
    agent.endEpisode();
    expect(agent.forwardSpeed).toBe(0);
    expect(agent.body.positions[2]).toBeCloseTo(start, 5);
  });

  it("begins each episode at another start of its own seed", () => {
    const starts = (seed: number) => {
      const scene = crawlerScene({ startNoise: { jointValues: 0.1 } });
      const { academy, agent } = setUp(scene, { random: new Random(seed) });
      academy.add(agent);
      return [0, 1, 2].map(() => {
        agent.endEpisode();
        return [...agent.body.jointValues];
      });
    };
    const first = starts(1);
    expect(first[0]).not.toEqual(first[1]);
    expect(starts(1)).toEqual(first);
    expect(starts(2)).not.toEqual(first);
  });
});

describe("what a task measures", () => {
  it("ends an episode when its goal is reached, and says so", () => {
    const ends: [EpisodeEnd, number, unknown][] = [];
    const { academy, agent, decide } = setUp(
      crawlerScene({ succeeded: ({ seconds }) => seconds > 0.19 && ends.length > 0, episodeSeconds: 0.3 }),
    );
    agent.onEpisodeEnd = (end) => ends.push([end, agent.stepCount, agent.measures.reached]);
    academy.add(agent);
    decide(25);
    // The first one is let go on until its time of 12 control steps of 3 is up, the next ones reach their goal after 8.
    expect(ends).toEqual([
      ["truncated", 36, 0],
      ["terminated", 24, 1],
    ]);
  });

  it("says nothing of a goal where there is none", () => {
    const { academy, agent, decide } = setUp(crawlerScene());
    academy.add(agent);
    decide();
    expect(Object.keys(agent.measures)).toEqual(["forwardSpeed"]);
  });

  it("averages the task's own measures over the episode, the last step too", () => {
    const seen: unknown[] = [];
    const scene = crawlerScene({
      measures: { time: ({ seconds }) => seconds, late: ({ seconds }) => (seconds > 0.06 ? seconds : Number.NaN) },
      fallen: ({ seconds }) => seconds > 0.09,
    });
    const { academy, agent, decide } = setUp(scene);
    agent.onEpisodeEnd = () => seen.push(agent.measures);
    academy.add(agent);
    decide(8);
    // Steps at 0.025, 0.05, 0.075 and 0.1 s.
    const expected = { time: expect.closeTo(0.0625, 9), late: expect.closeTo(0.0875, 9) };
    expect(seen).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
  });
});

describe("what a character is asked to do", () => {
  /** Asks for the number of the step, and notes what was called. */
  const commands = (log: string[]): CommandSource => {
    let step = 0;
    return {
      begin: ({ command, parameters }) => {
        log.push(`begin ${command.forward} ${parameters.getWithDefault("wind", 0)}`);
        command.forward = step = 10;
      },
      step: ({ command }) => {
        log.push("step");
        command.forward = ++step;
      },
      measures: () => ({ asked: step }),
    };
  };

  it("is set when an episode begins, after the parameters are drawn, and changed after the rewards of each step", () => {
    const log: string[] = [];
    const rewarded: number[] = [];
    const scene = crawlerScene({
      commands: () => commands(log),
      rewards: { asked: ({ command }) => 0 * rewarded.push(command.forward) },
      weights: { asked: 1 },
    });
    const { academy, agent, decide } = setUp(scene);
    academy.add(agent);
    expect([log, agent.command.forward]).toEqual([["begin 0 7"], 10]);
    decide(3);
    expect(rewarded).toEqual([10, 11, 12]);
    expect([agent.command.forward, agent.measures.asked]).toEqual([13, 13]);
    agent.endEpisode();
    // The command has been reset before.
    expect(log.slice(1)).toEqual(["step", "step", "step", "begin 0 7"]);
  });

  it("lets the phase of the stride run on by the character's control steps", () => {
    const { academy, agent, decide } = setUp(crawlerScene());
    academy.add(agent);
    agent.command.cadence = 2;
    decide(4);
    // 2 strides/s × 4 × 0.025 s
    expect(agent.command.phase).toBeCloseTo(0.2, 9);
  });

  it("is each agent's own", () => {
    const scene = crawlerScene({ commands: () => commands([]) });
    const { world, academy, agent, decide } = setUp(scene);
    academy.add(agent);
    decide(2);
    const other = new TaskAgent(world, scene, { random: new Random(2), index: 1 });
    academy.add(other);
    expect([agent.command.forward, other.command.forward]).toEqual([12, 10]);
  });
});

describe("GaitMeter", () => {
  it("counts touchdowns, time on the ground and time in the air", () => {
    const { academy, agent, decide } = setUp(crawlerScene({ episodeSeconds: 100 }));
    const meter = new GaitMeter(agent);
    academy.add(agent);
    const [shin, arm, tip] = ["shin", "arm", "tip"].map((foot) => agent.body.partIndex(foot)) as [
      number,
      number,
      number,
    ];
    // What the engine would have noted, written over it in each control step.
    const script = [
      [1, 1, 1],
      [0, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 1],
      [1, 1, 1],
      [0, 1, 0],
    ];
    const play = (rows: readonly (readonly number[])[]) => {
      const { feet } = agent;
      let row = 0;
      vi.spyOn(feet, "update").mockImplementation((dt) => {
        [agent.body.contacts[shin], agent.body.contacts[arm], agent.body.contacts[tip]] = rows[row++]! as [
          number,
          number,
          number,
        ];
        Feet.prototype.update.call(feet, dt);
      });
      decide(rows.length);
    };
    const expected = {
      // shin in row 4, arm and tip in row 5: three in 8 × 0.025 s. The first row is how the episode began; a foot that is
      // up for a single row, the shin in row 5, chatters.
      touchdownsPerSecond: expect.closeTo(3 / 0.2, 6),
      // 3 + 3 + 2 + 0 + 1 + 3 + 3 + 3 of 24
      dutyFactor: expect.closeTo(18 / 24, 6),
      flightFraction: expect.closeTo(1 / 8, 6),
    };
    play(script);
    expect(meter.measures()).toEqual(expected);
    expect(meter.measures()).toEqual(expected);
    // An episode that is cut short leaves nothing to the next.
    agent.endEpisode();
    play(script.slice(2, 5));
    agent.endEpisode();
    play(script);
    expect(meter.measures()).toEqual(expected);
  });
});
