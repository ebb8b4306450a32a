import { describe, expect, it } from "vitest";
import crawler from "../../scenes/crawler/index.js";
import { Random } from "../../src/random.js";
import { TargetCommands } from "../../src/task/targetCommands.js";
import { makeScene } from "../support/mlAgents.js";

const OPTIONS = { radius: 10, ahead: 2, height: 0.5, reach: 1, speeds: [0.1, 15], speed: 3 } as const;

function setUp(parameters: Readonly<Record<string, number>> = {}) {
  const { agent } = makeScene(crawler, 1, parameters);
  const commands = new TargetCommands(OPTIONS);
  const random = new Random(1);
  commands.begin(agent, random);
  return { agent, commands, random, target: () => agent.command.target! };
}

describe("TargetCommands", () => {
  it("puts targets on the ground below uniform points of a ball", () => {
    const { agent, commands, random, target } = setUp();
    const distances: number[] = [];
    let [sumX, sumZ] = [0, 0];
    for (let i = 0; i < 4000; i++) {
      const [x, y, z] = target();
      expect(y).toBe(0.5);
      distances.push(Math.hypot(x, z - 2));
      sumX += x;
      sumZ += z - 2;
      agent.body.positions[0] = x;
      agent.body.positions[2] = z;
      commands.step(agent, random);
    }
    expect(commands.measures()).toEqual({ targetsReached: 4000, speedToTarget: expect.any(Number) });
    expect(Math.max(...distances)).toBeLessThan(10);
    expect(Math.hypot(sumX, sumZ) / 4000).toBeLessThan(0.3);
    // The mean distance of a ball's points from an axis through its middle is 3π/16 of the radius.
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / 4000;
    expect(mean / 10).toBeCloseTo((3 * Math.PI) / 16, 1);
  });

  it("lets a target stay until the root is near, and when an episode begins", () => {
    const { agent, commands, random, target } = setUp();
    const [x, , z] = target();
    agent.body.positions[0] = x + 1.01;
    agent.body.positions[2] = z;
    commands.step(agent, random);
    expect(target()[0]).toBe(x);
    // To −x of it.
    expect(agent.command.heading).toBeCloseTo(-Math.PI / 2, 5);
    agent.command.reset();
    commands.begin(agent, random);
    expect(target()[0]).toBe(x);
    agent.body.positions[0] = x + 0.99;
    commands.step(agent, random);
    expect(target()[0]).not.toBe(x);
    expect(commands.measures()).toEqual({ targetsReached: 1, speedToTarget: expect.any(Number) });
  });

  it("measures how fast the root came nearer, a new target's distance not counted", () => {
    const { agent, commands, random, target } = setUp();
    const [x, , z] = target();
    expect(commands.measures().speedToTarget).toBe(0);
    const walkTo = (distance: number, stepCount: number) => {
      agent.body.positions[0] = x + distance;
      agent.body.positions[2] = z;
      agent.stepCount = stepCount;
      commands.step(agent, random);
    };
    walkTo(5, 0);
    commands.begin(agent, random);
    walkTo(4, 10);
    walkTo(0.5, 20);
    expect(target()[0]).not.toBe(x);
    expect(commands.measures().speedToTarget).toBeCloseTo(4.5 / agent.seconds, 5);
  });

  it("asks for the speed of the parameter, within what is allowed", () => {
    expect(setUp().agent.command.forward).toBe(3);
    expect(setUp({ "target-speed": 7 }).agent.command.forward).toBe(7);
    expect(setUp({ "target-speed": 0 }).agent.command.forward).toBe(0.1);
    expect(setUp({ "target-speed": 99 }).agent.command.forward).toBe(15);
  });
});
