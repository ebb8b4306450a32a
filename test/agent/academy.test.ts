import { describe, expect, it } from "vitest";
import { Academy } from "../../src/agent/academy.js";
import type { BehaviorParameters } from "../../src/agent/behavior.js";
import { InputError } from "../../src/inputError.js";
import { HYBRID, RecordingAgent, recordingModel, recordingWorld, TWO_CONTINUOUS } from "../support/recordingAgent.js";

const EACH_STEP = { decisionRequester: { period: 1 } };

function setUp() {
  const log: string[] = [];
  const academy = new Academy(recordingWorld(log), { gravity: 2 });
  const join = (id: string, behavior: Partial<BehaviorParameters> = {}, options: object = EACH_STEP) => {
    const agent = new RecordingAgent(id, log, behavior, options);
    academy.add(agent);
    log.length = 0;
    return agent;
  };
  return { log, academy, join };
}

/** Answers each row with twice its first observation, and its negative. */
const twice = (row: Float32Array, observation: Float32Array) => row.set([2 * observation[0]!, -2 * observation[0]!]);

describe("a model", () => {
  it("decides for all agents of its behaviour in one batch, each by its own observation", () => {
    const { log, academy, join } = setUp();
    const model = recordingModel(1, TWO_CONTINUOUS, twice, { log });
    const agents = ["a", "b", "c"].map((id) => join(id, { vectorObservationSize: 1, model }));
    agents.forEach((agent, i) => {
      agent.observation = [0.1 * (i + 1)];
    });
    void academy.step();
    expect(log.slice(0, 4)).toEqual(["a observe", "b observe", "c observe", "model 3"]);
    expect(agents.map(({ lastAction }) => lastAction[0]!.toFixed(3))).toEqual(["0.200", "0.400", "0.600"]);
    expect(agents[2]!.lastAction[1]).toBeCloseTo(-0.6, 6);
  });

  it("is asked for those agents alone whose decision is due", () => {
    const { log, academy, join } = setUp();
    const model = recordingModel(1, TWO_CONTINUOUS, twice, { log });
    const agents = [0, 1].map((offset) =>
      join(`${offset}`, { vectorObservationSize: 1, model }, { decisionRequester: { period: 2, offset } }),
    );
    agents.forEach((agent, i) => {
      agent.observation = [0.25 * (i + 1)];
    });
    void academy.step();
    expect(log.filter((entry) => entry.startsWith("model"))).toEqual(["model 1"]);
    expect(agents.map(({ lastAction }) => lastAction[0])).toEqual([0.5, 0]);
    void academy.step();
    expect(agents.map(({ lastAction }) => lastAction[0])).toEqual([0.5, 1]);
  });

  it("sees which options are masked, in rows of its agents", () => {
    const { academy, join } = setUp();
    const model = recordingModel(0, HYBRID, (row) => row.set([0, 0, 1, 0]));
    const a = join("a", { actionSpec: HYBRID, model });
    join("b", { actionSpec: HYBRID, model });
    a.forbidden = [
      [0, 2],
      [1, 0],
    ];
    void academy.step();
    expect(model.masks).toEqual([[1, 1, 0, 0, 1, 1, 1, 1, 1, 1]]);
    a.forbidden = [];
    void academy.step();
    expect(model.masks[1]).toEqual(new Array(10).fill(1));
  });

  it("is given no masks where nothing is discrete", () => {
    const { academy, join } = setUp();
    const model = recordingModel(1, TWO_CONTINUOUS, twice);
    join("a", { vectorObservationSize: 1, model }).observation = [0];
    void academy.step();
    expect(model.masks).toEqual([[]]);
  });

  it("that answers later makes step a promise; the world waits for it", async () => {
    const { log, academy, join } = setUp();
    let release = () => {};
    const delay = () => new Promise<void>((resolve) => (release = resolve));
    const model = recordingModel(1, TWO_CONTINUOUS, twice, { log, delay });
    const agent = join("a", { vectorObservationSize: 1, model });
    agent.observation = [0.25];
    const done = academy.step();
    expect(done).toBeInstanceOf(Promise);
    expect(log).toEqual(["a observe", "model 1"]);
    expect(() => academy.step()).toThrow(
      new InputError("Academy.step was called before the last step was done; await its promise."),
    );
    release();
    await done;
    expect(log).toEqual(["a observe", "model 1", "a act 0.5 -0.5", "world", "a end of step"]);
    expect(academy.stepCount).toBe(1);
    const second = academy.step();
    release();
    await second;
    expect(academy.stepCount).toBe(2);
  });

  it("that is synchronous makes no promise", () => {
    const { academy, join } = setUp();
    join("a", { vectorObservationSize: 1, model: recordingModel(1, TWO_CONTINUOUS, twice) }).observation = [0];
    expect(academy.step()).toBeUndefined();
  });

  it("can be put in the place of the agents' own, for those that join later too, and taken away again", () => {
    const { log, academy, join } = setUp();
    const own = recordingModel(1, TWO_CONTINUOUS, twice);
    const other = recordingModel(1, TWO_CONTINUOUS, (row) => row.set([0.125, 0]), { log });
    const first = join("first", { vectorObservationSize: 1, model: own });
    academy.setModel("test", other);
    const second = join("second", { vectorObservationSize: 1, model: own });
    for (const agent of [first, second]) agent.observation = [0.25];
    void academy.step();
    expect([first.lastAction[0], second.lastAction[0]]).toEqual([0.125, 0.125]);
    expect(log.filter((entry) => entry.startsWith("model"))).toEqual(["model 2"]);
    academy.setModel("test", null);
    void academy.step();
    expect([first.lastAction[0], second.lastAction[0]]).toEqual([0.5, 0.5]);
  });

  it("decides for agents that had none; one that does not fit changes nothing", () => {
    const { academy, join } = setUp();
    const agent = join("a", { vectorObservationSize: 1 });
    agent.observation = [0.25];
    academy.setModel("test", recordingModel(1, TWO_CONTINUOUS, twice));
    expect(() =>
      academy.setModel(
        "test",
        recordingModel(3, TWO_CONTINUOUS, () => {}),
      ),
    ).toThrow(new InputError('The model of behaviour "test" takes 3 observations, its agents give 1.'));
    void academy.step();
    expect(agent.lastAction[0]).toBe(0.5);
  });

  it("decides for inference-only agents and not for heuristic-only ones, of one behaviour too", () => {
    const { log, academy, join } = setUp();
    const model = recordingModel(1, TWO_CONTINUOUS, twice, { log });
    const shared = { vectorObservationSize: 1, model };
    const byHand = join("hand", { ...shared, type: "heuristic-only" });
    const byModel = join("model", { ...shared, type: "inference-only" });
    byHand.decision = [0.75, 0];
    byModel.observation = [0.25];
    void academy.step();
    expect(log.filter((entry) => entry.startsWith("model "))).toContain("model 1");
    expect([byHand.lastAction[0], byModel.lastAction[0]]).toEqual([0.75, 0.5]);
  });

  it.each<[string, number, { continuous: number; discrete: readonly number[] }, string]>([
    ["other observations", 3, TWO_CONTINUOUS, 'The model of behaviour "test" takes 3 observations, its agents give 1.'],
    [
      "other actions",
      1,
      HYBRID,
      'The model of behaviour "test" gives 2 continuous, [3,2] discrete actions, its agents take 2 continuous, [] discrete.',
    ],
  ])("with %s is refused", (_title, size, spec, sentence) => {
    const { join } = setUp();
    const model = recordingModel(size, spec, () => {});
    expect(() => join("a", { vectorObservationSize: 1, model })).toThrow(new InputError(sentence));
  });
});

describe("several agents", () => {
  it("all act before the world steps, and all look at the step after", () => {
    const { log, academy, join } = setUp();
    join("a");
    join("b");
    void academy.step();
    expect(log).toEqual([
      ...["a decide", "b decide", "a act 0 0", "b act 0 0", "world", "a end of step", "b end of step"],
    ]);
  });

  it("of one behaviour must be alike", () => {
    const { join } = setUp();
    join("a", { vectorObservationSize: 1 });
    const unlike = 'Agents of behaviour "test" must all have the same observations and actions.';
    expect(() => join("b", { vectorObservationSize: 2 })).toThrow(new InputError(unlike));
    expect(() => join("c", { vectorObservationSize: 1, actionSpec: HYBRID })).toThrow(new InputError(unlike));
    const model = recordingModel(1, TWO_CONTINUOUS, twice);
    expect(() => join("d", { vectorObservationSize: 1, model })).toThrow(
      new InputError('Agents of behaviour "test" must share one model; give others a behaviour of their own.'),
    );
  });

  it("are listed by behaviour and leave one by one", () => {
    const { log, academy, join } = setUp();
    const a = join("a");
    const b = join("b");
    const c = join("c", { name: "other" });
    expect([academy.agentsOf("test"), academy.agentsOf("other"), academy.agentsOf("none")]).toEqual([[a, b], [c], []]);
    academy.remove(a);
    academy.remove(a);
    void academy.step();
    expect(log.filter((entry) => entry.startsWith("a"))).toEqual([]);
    expect(log).toContain("b decide");
    academy.remove(b);
    expect(academy.agentsOf("test")).toEqual([]);
  });

  it("may leave in the middle of a step without making others miss it", () => {
    const { log, academy, join } = setUp();
    const a = join("a");
    join("b");
    a.onStepEnd = () => academy.remove(a);
    void academy.step();
    expect(log.slice(-2)).toEqual(["a end of step", "b end of step"]);
  });
});

describe("environment parameters and statistics", () => {
  it("are shared through the academy", () => {
    const { academy, join } = setUp();
    const { environmentParameters } = join("a").academy;
    expect(environmentParameters.getWithDefault("gravity", 1)).toBe(2);
    expect(environmentParameters.getWithDefault("wind", 0.5)).toBe(0.5);
    environmentParameters.set("wind", 3);
    expect(academy.environmentParameters.getWithDefault("wind", 0.5)).toBe(3);
    expect(academy.environmentParameters.keys()).toEqual(["gravity", "wind"]);
  });

  it("are averaged, added up or taken last, since they were last read", () => {
    const { statsRecorder } = setUp().academy;
    for (const value of [1, 2, 6]) {
      statsRecorder.add("mean", value);
      statsRecorder.add("sum", value, "sum");
      statsRecorder.add("last", value, "most-recent");
    }
    expect(statsRecorder.drain()).toEqual({ mean: 3, sum: 9, last: 6 });
    expect(statsRecorder.drain()).toEqual({});
  });
});
