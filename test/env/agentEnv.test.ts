import { describe, expect, it } from "vitest";
import { Academy } from "../../src/agent/academy.js";
import type { AgentOptions } from "../../src/agent/agent.js";
import type { BehaviorParameters } from "../../src/agent/behavior.js";
import { AgentEnv } from "../../src/env/agentEnv.js";
import { InputError } from "../../src/inputError.js";
import { HYBRID, RecordingAgent, recordingModel, recordingWorld, TWO_CONTINUOUS } from "../support/recordingAgent.js";

const PERIOD = 3;

/** Two agents that observe their own step count, under an environment that decides for them in every third step. */
function setUp(
  behavior: Partial<BehaviorParameters> = {},
  options: AgentOptions = { decisionRequester: { period: PERIOD } },
) {
  const log: string[] = [];
  const academy = new Academy(recordingWorld(log));
  const agents = ["a", "b"].map((id) => {
    const agent = new RecordingAgent(id, log, { vectorObservationSize: 1, ...behavior }, options);
    // What collectObservations adds is looked up when it is asked.
    Object.defineProperty(agent, "observation", { get: () => [agent.stepCount] });
    academy.add(agent);
    return agent;
  }) as [RecordingAgent, RecordingAgent];
  const env = new AgentEnv(academy, "test", { measure: (agent) => ({ steps: agent.stepCount }) });
  env.reset();
  log.length = 0;
  return { log, academy, agents, env };
}

const idle = new Float32Array(4);
const flags = (env: AgentEnv) => [[...env.terminated], [...env.truncated]];

describe("AgentEnv", () => {
  it("tells its sizes and shows the first observations after reset", () => {
    const { env } = setUp({ actionSpec: HYBRID });
    expect([env.count, env.observationSize, env.actionSpec]).toEqual([2, 1, HYBRID]);
    expect([env.observations.length, env.rewards.length, env.masks.length]).toEqual([2, 2, 10]);
    expect([...env.observations]).toEqual([0, 0]);
    expect(env.observationBlocks).toEqual([{ name: "vector", size: 1 }]);
    expect(env.actionNames).toEqual(["continuous 0", "continuous 1", "branch 0", "branch 1"]);
  });

  it("makes a decision, the steps of its period with actions taken between, and one look at the end", () => {
    const { log, env } = setUp();
    env.step(Float32Array.of(0.5, 2, -0.5, -2));
    const acts = ["a act 0.5 1", "b act -0.5 -1", "world"];
    expect(log).toEqual([...acts, ...acts, ...acts, "a end of step", "b end of step", "a observe", "b observe"]);
    expect([...env.observations]).toEqual([3, 3]);
  });

  it("acts once in a period without takeActionsBetweenDecisions", () => {
    const { log, env } = setUp({}, { decisionRequester: { period: PERIOD, takeActionsBetweenDecisions: false } });
    env.step(Float32Array.of(0.5, 0.25, 0, 0));
    expect(log.slice(0, 5)).toEqual(["a act 0.5 0.25", "b act 0 0", "world", "world", "world"]);
  });

  it("gives the rewards of the whole period, and of no other", () => {
    const { agents, env } = setUp();
    agents[0].onAction = () => agents[0].addReward("effort", -0.5);
    agents[0].onStepEnd = () => agents[0].addReward("alive", 2);
    agents[1].onStepEnd = () => agents[1].setReward(7);
    for (let i = 0; i < 2; i++) {
      env.step(idle);
      expect([...env.rewards]).toEqual([0.5, 7]);
    }
  });

  it("begins a new episode by itself and keeps the final observation of the old one", () => {
    const { agents, env } = setUp();
    env.step(idle);
    agents[0].onStepEnd = () => {
      agents[0].addReward("fall", -1);
      agents[0].endEpisode();
    };
    env.step(idle);
    expect([...env.observations]).toEqual([0, 6]);
    expect(env.finalObservations[0]).toBe(6);
    expect([...env.rewards]).toEqual([-1, 0]);
    expect(flags(env)).toEqual([
      [1, 0],
      [0, 0],
    ]);
    agents[0].onStepEnd = null;
    env.step(idle);
    expect([...env.observations]).toEqual([3, 9]);
    expect(flags(env)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("keeps what was allowed at the end of an episode as well", () => {
    const { agents, env } = setUp({ actionSpec: HYBRID });
    agents[0].onStepEnd = () => {
      agents[0].forbidden = [[0, 1]];
      agents[0].endEpisode();
      agents[0].forbidden = [];
    };
    env.step(idle);
    expect([...env.finalMasks.subarray(0, 5)]).toEqual([1, 0, 1, 1, 1]);
    expect([...env.masks]).toEqual(new Array(10).fill(1));
  });

  it("keeps terminated and truncated apart", () => {
    const { agents, env } = setUp({}, { decisionRequester: { period: PERIOD }, maxStep: 6 });
    agents[1].onStepEnd = () => {
      if (agents[1].stepCount === 6) agents[1].endEpisode();
    };
    env.step(idle);
    env.step(idle);
    expect(flags(env)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([...env.finalObservations]).toEqual([6, 6]);
  });

  it("notes an episode that ends inside of a period, and drops the rewards that come after it", () => {
    // Four steps: the first of the second period.
    const { agents, env } = setUp({}, { decisionRequester: { period: PERIOD }, maxStep: 4 });
    agents[0].onAction = () => agents[0].addReward("act", 1);
    env.step(idle);
    expect(env.rewards[0]).toBe(3);
    env.step(idle);
    expect([env.rewards[0], env.truncated[0], env.finalObservations[0], env.observations[0]]).toEqual([1, 1, 4, 2]);
    const [episode] = env.drainEpisodes();
    expect(episode).toMatchObject({ return: 4, length: 2 });
  });

  it("records episodes: return, length in decisions, end, terms, measures", () => {
    const { agents, env } = setUp();
    for (const [i, agent] of agents.entries()) {
      agent.onStepEnd = () => {
        agent.addReward("alive", 1);
        agent.addReward("effort", -0.25 * i);
      };
    }
    for (let i = 0; i < 3; i++) env.step(idle);
    expect(env.drainEpisodes()).toEqual([]);
    agents[1].endEpisode();
    agents[0].episodeInterrupted();
    expect(env.drainEpisodes()).toEqual([
      {
        agent: 1,
        return: 2.25,
        length: 3,
        end: "terminated",
        terms: { alive: 3, effort: -0.75 },
        measures: { steps: 9 },
      },
      { agent: 0, return: 3, length: 3, end: "truncated", terms: { alive: 3, effort: 0 }, measures: { steps: 9 } },
    ]);
    expect(env.drainEpisodes()).toEqual([]);
    env.step(idle);
    agents[0].endEpisode();
    expect(env.drainEpisodes()).toMatchObject([{ return: 1, length: 1, terms: { alive: 1 } }]);
  });

  it("forgets unfinished episodes at reset", () => {
    const { agents, env } = setUp();
    agents[0].onStepEnd = () => agents[0].addReward("alive", 1);
    env.step(idle);
    env.reset();
    expect([...env.observations]).toEqual([0, 0]);
    expect(env.drainEpisodes()).toEqual([]);
    env.step(idle);
    agents[0].endEpisode();
    expect(env.drainEpisodes()).toMatchObject([{ return: 1, length: 1 }]);
  });

  it("shows masks in rows of agents", () => {
    const { agents, env } = setUp({ actionSpec: HYBRID });
    agents[1].forbidden = [[0, 1]];
    env.step(new Float32Array(8));
    expect([...env.masks]).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1]);
  });

  it("shows stacked observations without a gap at the end of an episode", () => {
    const { agents, env } = setUp({ stackedVectors: 2 });
    env.step(idle);
    expect([...env.observations]).toEqual([0, 3, 0, 3]);
    env.step(idle);
    agents[0].onStepEnd = () => agents[0].endEpisode();
    env.step(idle);
    expect([...env.finalObservations.subarray(0, 2)]).toEqual([6, 9]);
    expect([...env.observations]).toEqual([0, 0, 6, 9]);
  });

  it("lets other behaviours go on deciding by their own model or heuristic", () => {
    const { log, academy, agents, env } = setUp();
    const model = recordingModel(0, TWO_CONTINUOUS, (row) => row.set([0.5, 0.5]), { log });
    const other = new RecordingAgent(
      "c",
      log,
      { name: "opponent", model, type: "inference-only" },
      { decisionRequester: { period: 1 } },
    );
    academy.add(other);
    log.length = 0;
    env.step(idle);
    expect(log.filter((entry) => entry.startsWith("model"))).toHaveLength(PERIOD);
    expect(log.filter((entry) => entry === "c act 0.5 0.5")).toHaveLength(PERIOD);
    expect([...agents[0].lastAction]).toEqual([0, 0]);
    expect(log).not.toContain("a decide");
  });

  it("refuses an asynchronous model beside it", () => {
    const { log, academy, env } = setUp();
    const delay = () => Promise.resolve();
    const model = recordingModel(0, TWO_CONTINUOUS, () => {}, { delay });
    academy.add(new RecordingAgent("c", log, { name: "opponent", model }));
    expect(() => env.step(idle)).toThrow(
      new InputError('Beside "test", which is trained, there is an asynchronous model; use one that is not.'),
    );
  });

  it("refuses agents that are not there, or do not decide together", () => {
    const { academy } = setUp();
    expect(() => new AgentEnv(academy, "none")).toThrow(
      new InputError('There is no agent of behaviour "none" to train.'),
    );
    const apart =
      'Agents of behaviour "test" must all have a decision requester of the same period and offset 0 to be trained.';
    for (const decisionRequester of [{ period: 2 }, { period: PERIOD, offset: 1 }, null]) {
      const mixed = new Academy(recordingWorld([]));
      mixed.add(new RecordingAgent("a", [], {}, { decisionRequester: { period: PERIOD } }));
      mixed.add(new RecordingAgent("b", [], {}, { decisionRequester }));
      expect(() => new AgentEnv(mixed, "test")).toThrow(new InputError(apart));
    }
  });

  it("hands its agents back when it is disposed of", () => {
    const { academy, agents, env } = setUp();
    env.dispose();
    agents[0].endEpisode();
    expect(env.drainEpisodes()).toEqual([]);
    agents[0].decision = [0.75, 0];
    void academy.step();
    expect(agents[0].lastAction[0]).toBe(0.75);
  });
});
