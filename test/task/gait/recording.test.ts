import { expect, it } from "vitest";
import { Academy } from "../../../src/agent/academy.js";
import { degreeOfFreedomNames } from "../../../src/body/spec.js";
import { Random } from "../../../src/random.js";
import { GaitRecorder } from "../../../src/task/gait/recording.js";
import { TaskAgent } from "../../../src/task/taskAgent.js";
import { menagerie } from "../../support/bodies.js";
import { createWorld } from "../../support/headlessWorld.js";
import { expectNear } from "../../support/near.js";
import { crawlerScene } from "../../support/scene.js";

it("writes down one episode of a character, control step by control step, and stops", () => {
  const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
  const academy = new Academy(world);
  const agent = new TaskAgent(world, crawlerScene(), { random: new Random(1) });
  const recorder = new GaitRecorder(agent, degreeOfFreedomNames(menagerie));
  academy.add(agent);
  const decide = () => {
    for (let tick = 0; tick < 3; tick++) void academy.step();
  };
  decide();
  const first = { root: [...agent.body.positions.subarray(0, 3)], joints: [...agent.body.jointValues] };
  for (let step = 1; step < 10; step++) decide();
  const tenth = { root: [...agent.body.positions.subarray(0, 3)], joints: [...agent.body.jointValues] };
  // The episode has 20 control steps of 0.025 s; two more episodes begin.
  for (let step = 10; step < 50; step++) decide();
  const recording = recorder.recording();
  expect(recording).toMatchObject({ steps: 20, feet: ["shin", "arm", "tip"], mass: 13 });
  expect(recording.dt).toBeCloseTo(0.025, 9);
  expect(recording.startHeight).toBeCloseTo(agent.startHeight(0), 9);
  expect([recording.contacts.length, recording.root.length, recording.headings.length]).toEqual([60, 60, 20]);
  expect([recording.jointValues.length, recording.power.length, recording.rootHeights.length]).toEqual([140, 20, 20]);
  expectNear(recording.root.subarray(0, 3), first.root);
  expectNear(recording.root.subarray(27, 30), tenth.root);
  expectNear(recording.jointValues.subarray(0, 7), first.joints);
  expectNear(recording.jointValues.subarray(63, 70), tenth.joints);
  expect(recording.rootHeights[9]).toBeCloseTo(tenth.root[1]!, 6);
  expect(recording.power.every((value) => value >= 0)).toBe(true);
});
