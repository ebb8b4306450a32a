import { describe, expect, it } from "vitest";
import { Academy } from "../../src/agent/academy.js";
import type { AgentOptions, EpisodeEnd } from "../../src/agent/agent.js";
import type { BehaviorParameters } from "../../src/agent/behavior.js";
import { InputError } from "../../src/inputError.js";
import type { Sensor } from "../../src/sensors/sensor.js";
import { HYBRID, RecordingAgent, recordingWorld } from "../support/recordingAgent.js";

function setUp(behavior: Partial<BehaviorParameters> = {}, options: AgentOptions = {}) {
  const log: string[] = [];
  const academy = new Academy(recordingWorld(log));
  const agent = new RecordingAgent("a", log, behavior, options);
  academy.add(agent);
  const take = () => log.splice(0);
  /** Makes so many steps and gives what was noted. */
  const step = (count = 1) => {
    for (let i = 0; i < count; i++) void academy.step();
    return take();
  };
  return { log, academy, agent, take, step };
}

const every = (period: number, options = {}) => ({ decisionRequester: { period, ...options } });

describe("the life cycle", () => {
  it("initialises and begins an episode when the agent joins", () => {
    expect(setUp().take()).toEqual(["a initialize", "a begin"]);
  });

  it("decides, acts, steps the world, then looks at the end of the step", () => {
    const { step, take } = setUp({}, every(1));
    take();
    expect(step(2)).toEqual([
      ...["a decide", "a act 0 0", "world", "a end of step"],
      ...["a decide", "a act 0 0", "world", "a end of step"],
    ]);
  });

  it("decides in each fifth step where nothing else is said, and acts in those between", () => {
    const { step, take, agent } = setUp();
    take();
    agent.decision = [0.5, -0.25];
    const acting = ["a act 0.5 -0.25", "world"];
    expect(step(6)).toEqual([
      ...["a decide", ...acting, ...acting, ...acting, ...acting, ...acting, "a end of step"],
      ...["a decide", ...acting],
    ]);
  });

  it("acts only in the steps of decisions without takeActionsBetweenDecisions", () => {
    const { step, take } = setUp({}, every(3, { takeActionsBetweenDecisions: false }));
    take();
    expect(step(4)).toEqual([
      ...["a decide", "a act 0 0", "world", "world", "world", "a end of step"],
      ...["a decide", "a act 0 0", "world"],
    ]);
  });

  it("decides at its offset, and ends its steps there", () => {
    const { step, take } = setUp({}, every(3, { offset: 2, takeActionsBetweenDecisions: false }));
    take();
    expect(step(6)).toEqual([
      ...["world", "world", "a end of step"],
      ...["a decide", "a act 0 0", "world", "world", "world", "a end of step"],
      ...["a decide", "a act 0 0", "world"],
    ]);
  });

  it("decides on request alone without a decision requester", () => {
    const { step, take, agent } = setUp({}, { decisionRequester: null });
    take();
    expect(step(2)).toEqual(["world", "a end of step", "world", "a end of step"]);
    agent.decision = [1, 0];
    agent.requestDecision();
    expect(step()).toEqual(["a decide", "a act 1 0", "world", "a end of step"]);
    expect(step()).toEqual(["world", "a end of step"]);
    agent.requestAction();
    expect(step()).toEqual(["a act 1 0", "world", "a end of step"]);
  });

  it("counts the steps of an episode and the episodes", () => {
    const { step, agent, academy } = setUp({}, every(2));
    step(5);
    expect([academy.stepCount, agent.stepCount, agent.completedEpisodes]).toEqual([5, 5, 0]);
    agent.endEpisode();
    expect([academy.stepCount, agent.stepCount, agent.completedEpisodes]).toEqual([5, 0, 1]);
    step();
    expect(agent.stepCount).toBe(1);
  });

  it("cuts actions to −1 … 1 and forgets them when an episode begins", () => {
    const { step, take, agent } = setUp({ actionSpec: HYBRID }, every(2));
    agent.decision = [3, -0.5, 2, 1];
    take();
    expect(step()).toContain("a act 1 -0.5 2 1");
    expect([...agent.lastAction]).toEqual([1, -0.5, 2, 1]);
    agent.endEpisode();
    expect([...agent.lastAction]).toEqual([0, 0, 0, 0]);
  });
});

describe("the end of an episode", () => {
  it("comes by itself: terminated, and begins the next before the step is over", () => {
    const { step, take, agent, log } = setUp({}, every(1));
    take();
    agent.onEpisodeEnd = (end) => log.push(end);
    agent.onStepEnd = () => agent.endEpisode();
    expect(step()).toEqual(["a decide", "a act 0 0", "world", "a end of step", "terminated", "a begin"]);
  });

  it("may come while the agent acts, as in ML-Agents", () => {
    const { step, take, agent, log } = setUp({}, every(1));
    take();
    agent.onEpisodeEnd = (end) => log.push(end);
    agent.onAction = () => agent.endEpisode();
    expect(step()).toEqual(["a decide", "a act 0 0", "terminated", "a begin", "world", "a end of step"]);
    expect(agent.stepCount).toBe(1);
  });

  it("comes after maxStep steps: truncated", () => {
    const { step, agent } = setUp({}, { ...every(2), maxStep: 4 });
    const ends: EpisodeEnd[] = [];
    agent.onEpisodeEnd = (end) => ends.push(end);
    step(3);
    expect(ends).toEqual([]);
    step();
    expect([ends, agent.stepCount, agent.completedEpisodes]).toEqual([["truncated"], 0, 1]);
    step(4);
    expect(ends).toEqual(["truncated", "truncated"]);
  });

  it("is terminated, not truncated, when both fall on one step", () => {
    const { step, agent } = setUp({}, { ...every(1), maxStep: 1 });
    const ends: EpisodeEnd[] = [];
    agent.onEpisodeEnd = (end) => ends.push(end);
    agent.onStepEnd = () => agent.endEpisode();
    step();
    expect(ends).toEqual(["terminated"]);
  });

  it("is truncated by episodeInterrupted", () => {
    const { agent } = setUp();
    const ends: EpisodeEnd[] = [];
    agent.onEpisodeEnd = (end) => ends.push(end);
    agent.episodeInterrupted();
    expect(ends).toEqual(["truncated"]);
  });

  it("still shows the old state when it is announced", () => {
    const { agent, step } = setUp({}, every(1));
    agent.onStepEnd = () => agent.addReward("alive", 1);
    step(3);
    let seen: number[] = [];
    agent.onEpisodeEnd = () => {
      seen = [agent.stepCount, agent.rewards.episode];
    };
    agent.endEpisode();
    expect(seen).toEqual([3, 3]);
    expect(agent.rewards.episode).toBe(0);
  });
});

describe("rewards", () => {
  it("add up by name since the decision and since the episode began", () => {
    const { agent, step } = setUp({}, every(2));
    agent.onStepEnd = () => agent.addReward("alive", 1);
    agent.onAction = () => agent.addReward("effort", -0.25);
    step(2);
    expect([agent.rewards.sinceDecision, agent.rewards.episode]).toEqual([0.5, 0.5]);
    step(2);
    expect([agent.rewards.sinceDecision, agent.rewards.episode]).toEqual([0.5, 1]);
    expect(agent.rewards.episodeTerms).toEqual({ alive: 2, effort: -1 });
  });

  it("are replaced by setReward back to the last decision", () => {
    const { agent, step } = setUp({}, every(1));
    agent.onStepEnd = () => agent.addReward("alive", 1);
    step(2);
    agent.setReward(0.25);
    expect([agent.rewards.sinceDecision, agent.rewards.episode]).toEqual([0.25, 1.25]);
    expect(agent.rewards.episodeTerms).toEqual({ alive: 1, reward: 0.25 });
  });
});

describe("observations", () => {
  it("are those of collectObservations, then those of the sensors in order", () => {
    const sensor = (name: string, value: number): Sensor => ({
      name,
      size: 1,
      write: (out, offset) => out.set([value], offset),
    });
    const log: string[] = [];
    const agent = new RecordingAgent("a", log, { vectorObservationSize: 2 });
    agent.addSensor(sensor("first", 5));
    agent.addSensor(sensor("second", 6));
    agent.observation = [1, 2];
    new Academy(recordingWorld(log)).add(agent);
    expect(agent.observationSize).toBe(4);
    expect(agent.observationBlocks).toEqual([
      { name: "vector", size: 2 },
      { name: "first", size: 1 },
      { name: "second", size: 1 },
    ]);
    const out = new Float32Array(6).fill(9);
    agent.writeObservation(out, 1);
    expect([...out]).toEqual([9, 1, 2, 5, 6, 9]);
  });

  it("are stacked as stackedVectors says, and forgotten with the episode", () => {
    const { agent } = setUp({ vectorObservationSize: 1, stackedVectors: 3 });
    const out = new Float32Array(3);
    for (const value of [1, 2]) {
      agent.observation = [value];
      agent.writeObservation(out, 0);
    }
    expect([...out]).toEqual([0, 1, 2]);
    agent.endEpisode();
    agent.writeObservation(out, 0);
    expect([...out]).toEqual([0, 0, 2]);
  });

  it("must be as many as declared", () => {
    const { agent } = setUp({ vectorObservationSize: 2 });
    agent.observation = [1];
    expect(() => agent.writeObservation(new Float32Array(2), 0)).toThrow(
      new InputError('Sensor "vector": collectObservations added 1 numbers, but the behaviour declares 2.'),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("must not be %f; the message says which it is", (bad) => {
    const log: string[] = [];
    const agent = new RecordingAgent("a", log, { name: "Walker", vectorObservationSize: 1 });
    agent.observation = [0];
    agent.addSensor({ name: "eyes", size: 3, write: (out, offset) => out.set([0, 0, bad], offset) });
    new Academy(recordingWorld(log)).add(agent);
    expect(() => agent.writeObservation(new Float32Array(4), 0)).toThrow(
      new InputError(`Observation 2 of sensor "eyes" (behaviour "Walker") is ${bad}; it must be a finite number.`),
    );
  });
});

describe("actions of several parts", () => {
  it("go to the actuators in order, what is left to onActionReceived; continuous first", () => {
    const log: string[] = [];
    const agent = new RecordingAgent("a", log, { actionSpec: { continuous: 1, discrete: [2] } }, every(1));
    const part = (name: string, continuous: number, discrete: readonly number[]) => ({
      name,
      actionSpec: { continuous, discrete },
      actionNames: [
        ...Array.from({ length: continuous }, (_, i) => `${name} ${i}`),
        ...discrete.map((_, i) => `${name} branch ${i}`),
      ],
      apply(actions: Float32Array, c: number, d: number) {
        const own = [...actions.subarray(c, c + continuous), ...actions.subarray(d, d + discrete.length)];
        log.push(`${name} ${own.join(" ")}`);
      },
    });
    agent.addActuator(part("legs", 2, []));
    agent.addActuator(part("voice", 1, [4, 3]));
    const academy = new Academy(recordingWorld(log));
    academy.add(agent);
    expect(agent.actionSpec).toEqual({ continuous: 4, discrete: [4, 3, 2] });
    expect(agent.actionNames).toEqual([
      ...["legs 0", "legs 1", "voice 0", "continuous 0"],
      ...["voice branch 0", "voice branch 1", "branch 0"],
    ]);
    agent.decision = [0.5, 0.25, -0.5, -1, 3, 2, 1];
    log.length = 0;
    void academy.step();
    expect(log).toEqual(["a decide", "legs 0.5 0.25", "voice -0.5 3 2", "a act -1 1", "world", "a end of step"]);
  });
});

describe("mistakes", () => {
  it("adding sensors, actuators or the agent itself too late is named", () => {
    const { agent, academy } = setUp();
    const sensor: Sensor = { name: "late", size: 1, write: () => {} };
    expect(() => agent.addSensor(sensor)).toThrow(
      new InputError('addSensor comes too late: this agent of "test" is in an academy already.'),
    );
    expect(() => academy.add(agent)).toThrow(
      new InputError('Academy.add comes too late: this agent of "test" is in an academy already.'),
    );
  });

  it("asking an agent without an academy is named", () => {
    const agent = new RecordingAgent("a", []);
    expect(() => agent.academy).toThrow(
      new InputError('This agent of behaviour "test" has not been added to an academy yet.'),
    );
  });

  it("an agent without actions is named", () => {
    const agent = new RecordingAgent("a", [], { actionSpec: { continuous: 0, discrete: [] } });
    expect(() => new Academy(recordingWorld([])).add(agent)).toThrow(
      new InputError('Behaviour "test" has no actions.'),
    );
  });

  it.each<[Partial<BehaviorParameters>, string]>([
    [{ vectorObservationSize: -1 }, "vectorObservationSize is -1, allowed is a whole number from 0"],
    [{ vectorObservationSize: 1.5 }, "vectorObservationSize is 1.5, allowed is a whole number from 0"],
    [{ stackedVectors: 0 }, "stackedVectors is 0, allowed is a whole number from 1"],
    [{ actionSpec: { continuous: -1, discrete: [] } }, "actionSpec.continuous is -1, allowed is a whole number from 0"],
    [
      { actionSpec: { continuous: 0, discrete: [2, 0] } },
      "actionSpec.discrete is [2,0], allowed are whole numbers from 1",
    ],
    [{ type: "inference-only" }, 'type "inference-only" needs a model'],
  ])("a behaviour of %o is refused", (behavior, sentence) => {
    expect(() => new RecordingAgent("a", [], behavior)).toThrow(new InputError(`Behaviour "test": ${sentence}.`));
  });

  it.each([
    [{ period: 0 }, "The decision period is 0, allowed is a whole number from 1."],
    [{ period: 2.5 }, "The decision period is 2.5, allowed is a whole number from 1."],
    [{ period: 3, offset: 3 }, "The decision offset is 3, allowed is 0 to 2."],
    [{ period: 3, offset: -1 }, "The decision offset is -1, allowed is 0 to 2."],
  ])("a decision requester of %o is refused", (decisionRequester, sentence) => {
    expect(() => new RecordingAgent("a", [], {}, { decisionRequester })).toThrow(new InputError(sentence));
  });
});
