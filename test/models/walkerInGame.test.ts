import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { WALKER_TURN_RATE, walker, walkerRhythm } from "../../scenes/walker/character.js";
import { Academy } from "../../src/agent/academy.js";
import { CharacterAgent } from "../../src/agent/characterAgent.js";
import { OnnxPolicy } from "../../src/inference/index.js";
import { createWorld } from "../support/headlessWorld.js";

// As the README has it for a game: without the task that told it where to go in training.
it("walks to one place after another, and stands when told", { timeout: 60_000 }, async () => {
  const model = await OnnxPolicy.LoadAsync(new Uint8Array(readFileSync("models/walker.onnx")));
  const world = createWorld({ ...walker.clock, ground: 1 });
  const academy = new Academy(world);
  const agent = new CharacterAgent(world, walker, { model });
  academy.add(agent);
  const { command, body } = agent;
  const stepAsync = async () => {
    command.faceTarget(body.positions[0]!, body.positions[2]!, WALKER_TURN_RATE * world.clock.physicsDt);
    await academy.step();
  };
  const distance = ([x, , z]: readonly number[]) => Math.hypot(x! - body.positions[0]!, z! - body.positions[2]!);
  command.forward = 1.2;
  Object.assign(command, walkerRhythm(command.speed));
  // To the right, then back to where it began.
  for (const place of [[4, 0, 3] as const, [0, 0, 0] as const]) {
    command.target = place;
    const away = distance(place);
    let seconds = 0;
    for (; distance(place) > 0.8 && seconds < 20; seconds += world.clock.physicsDt) await stepAsync();
    // Half a turn takes two seconds and the way round them.
    expect(seconds).toBeLessThan(away / 1.2 + 4);
    expect(body.positions[1]).toBeGreaterThan(0.7);
  }
  command.forward = 0;
  command.target = null;
  for (let i = 0; i < 120; i++) await stepAsync();
  const [x, , z] = body.positions;
  for (let i = 0; i < 120; i++) await stepAsync();
  expect(distance([x!, 0, z!])).toBeLessThan(0.1);
  expect(body.positions[1]).toBeGreaterThan(0.7);
});
