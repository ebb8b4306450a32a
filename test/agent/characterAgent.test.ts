import { describe, expect, it } from "vitest";
import { Academy } from "../../src/agent/academy.js";
import { CharacterAgent, controlDt } from "../../src/agent/characterAgent.js";
import { InputError } from "../../src/inputError.js";
import { createWorld } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { recordingModel } from "../support/recordingAgent.js";
import { crawlerCharacter } from "../support/scene.js";

const SIZES = { observations: 21, actions: { continuous: 7, discrete: [] } } as const;

describe("CharacterAgent", () => {
  it("has the sensors, actuators and clock of its character", () => {
    const academy = new Academy(createWorld({ physicsDt: 1 / 120, ground: 1 }));
    const agent = new CharacterAgent(academy.world as never, crawlerCharacter);
    academy.add(agent);
    expect([agent.observationSize, agent.actionSpec]).toEqual([SIZES.observations, SIZES.actions]);
    expect(agent.decisionRequester!.period).toBe(3);
    expect(controlDt(crawlerCharacter)).toBeCloseTo(0.025, 12);
  });

  it("is driven by its model, once per decision, and shows its state after the last step", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const academy = new Academy(world);
    const seen: number[] = [];
    const model = recordingModel(SIZES.observations, SIZES.actions, (row, observation) => {
      seen.push(observation[0]!);
      row.fill(1);
    });
    const agent = new CharacterAgent(world, crawlerCharacter, { model, ground: [0, 0, 3], yaw: 1 });
    academy.add(agent);
    const start = agent.body.positions[1]!;
    for (let i = 0; i < 7; i++) void academy.step();
    expect(seen).toHaveLength(3);
    expect(seen[0]).toBe(start);
    expect(seen[2]).not.toBe(start);
    // An action of 1 is the upper limit of each joint; the springs are on their way there.
    expect(agent.body.jointValues[3]).toBeGreaterThan(0.01);
  });

  it("keeps still without a model: the heuristic is zero action", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const academy = new Academy(world);
    const agent = new CharacterAgent(world, crawlerCharacter);
    academy.add(agent);
    agent.lastAction.fill(9);
    void academy.step();
    expect([...agent.lastAction]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it("refuses a world whose clock is not its own", () => {
    const sentence = (clock: string) =>
      new InputError(
        `Character "menagerie" needs a world with physicsDt ${1 / 120} and 4 microsteps, this one has ${clock}.`,
      );
    expect(() => new CharacterAgent(createWorld({ physicsDt: 1 / 60 }), crawlerCharacter)).toThrow(
      sentence(`physicsDt ${1 / 60} and 4 microsteps`),
    );
    expect(() => new CharacterAgent(createWorld({ physicsDt: 1 / 120, microsteps: 8 }), crawlerCharacter)).toThrow(
      sentence(`physicsDt ${1 / 120} and 8 microsteps`),
    );
  });

  it("refuses a world whose gravity is not its own, which is Earth's where it says nothing", () => {
    const heavy = { ...crawlerCharacter, gravity: [0, -14.715, 0] } as const;
    const worldWith = (y: number) => createWorld({ physicsDt: 1 / 120, gravity: [0, y, 0] });
    expect(() => new CharacterAgent(worldWith(-9.81), heavy)).toThrow(
      new InputError('Character "menagerie" needs a world with gravity [0,-14.715,0] m/s², this one has [0,-9.81,0].'),
    );
    expect(() => new CharacterAgent(worldWith(-1.62), crawlerCharacter)).toThrow(InputError);
    new CharacterAgent(worldWith(-14.715), heavy);
    // Babylon's own default.
    new CharacterAgent(worldWith(-9.807), crawlerCharacter);
  });

  it("goes back to its start pose when an episode begins", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const academy = new Academy(world);
    const agent = new CharacterAgent(world, crawlerCharacter, { ground: [1, 0, 2], yaw: 0.5 });
    academy.add(agent);
    const start = [...agent.body.positions];
    agent.body.applyImpulse(0, [0, 0, 20]);
    for (let i = 0; i < 12; i++) void academy.step();
    expect(agent.body.positions[2]! - start[2]!).toBeGreaterThan(0.05);
    agent.endEpisode();
    expectNear(agent.body.positions, start, 1e-6);
    agent.dispose();
    expect(world.plugin.numBodies).toBe(1);
  });
});
