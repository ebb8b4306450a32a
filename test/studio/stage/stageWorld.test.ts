import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { Random } from "../../../src/random.js";
import { CONTACT, POSE } from "../../../src/studio/stage/frameLayout.js";
import type { LoadRequest } from "../../../src/studio/stage/protocol.js";
import { openPolicyAsync } from "../../../src/studio/stage/worker/openPolicy.js";
import { StageWorld } from "../../../src/studio/stage/worker/stageWorld.js";
import { havok } from "../../support/headlessWorld.js";
import { tinyNetwork } from "./tinyNetwork.js";

const model = (name: string) => new Uint8Array(readFileSync(new URL(`../../../models/${name}`, import.meta.url)));
const openAsync = (name: string) => openPolicyAsync({ name, source: model(name) });

function createStage(request: Partial<LoadRequest> = {}): StageWorld {
  const whole: LoadRequest = {
    id: 1,
    scene: "hopper",
    agents: 2,
    seed: 1,
    ground: "flat",
    parameters: {},
    sensors: null,
    ...request,
  };
  const world = new StageWorld(hopper, havok, whole);
  onTestFinished(() => world.dispose());
  return world;
}

async function runAsync(world: StageWorld, seconds: number): Promise<void> {
  for (let step = 0; step < seconds / world.dt; step++) await world.stepAsync();
}

function picture(world: StageWorld): Float32Array {
  const values = new Float32Array(world.layout.length);
  world.write(values);
  return values;
}

describe("the world of the stage", () => {
  it("moves characters by a policy that is replaced while they move, without beginning anew", async () => {
    const world = createStage();
    const policy = await openAsync("hopper.onnx");
    world.setPolicy(policy);
    await runAsync(world, 3);
    const before = picture(world);
    const { layout } = world;
    for (const character of [0, 1]) expect(before[layout.poseAt(character, 0) + 2]).toBeGreaterThan(2);
    const look = world.look();
    expect(look).toMatchObject({ standing: 2, agents: 2, falls: 0 });
    expect(look.seconds).toBeCloseTo(3);
    expect(look.forwardSpeed).toBeGreaterThan(1);

    world.setPolicy(null);
    await runAsync(world, 2.5);
    expect(world.look().falls).toBeGreaterThan(0);
    world.reset();
    expect(world.look()).toMatchObject({ seconds: 0, falls: 0 });
    expect(Math.abs(picture(world)[layout.poseAt(0, 0) + 2]!)).toBeLessThan(0.2);
  });

  it("refuses a policy that does not fit, with one sentence, and goes on with the last one", async () => {
    const world = createStage();
    world.setPolicy(await openAsync("hopper.onnx"));
    const walker = await openAsync("walker2d.onnx");
    const sentence =
      'Model walker2d.onnx does not fit this agent: it was trained in scene "walker2d", but the agent is in "hopper".';
    expect(() => world.setPolicy(walker)).toThrow(sentence);
    expect(() => world.addGhost(0, walker)).toThrow(sentence);
    const narrow = await openPolicyAsync({ name: "narrow", source: tinyNetwork(9, 3, new Random(1)) });
    expect(() => world.addGhost(0, narrow)).toThrow(
      "Model narrow does not fit this agent: it takes 9 observations, but the agent gives 11.",
    );
    await runAsync(world, 2);
    expect(picture(world)[world.layout.poseAt(0, 0) + 2]).toBeGreaterThan(1);

    const text = new TextEncoder().encode("This is no model.\n");
    await expect(openPolicyAsync({ name: "notes.txt", source: text })).rejects.toThrow(
      /^Model notes.txt: This is not a complete ONNX model: 18 bytes that are damaged or of another kind\.$/,
    );
    const half = model("hopper.onnx").slice(0, 5000);
    await expect(openPolicyAsync({ name: "half.onnx", source: half })).rejects.toThrow(
      /^Model half.onnx: .*5000 bytes.*\.$/,
    );
  });

  it("shows ghosts beside the others, which leave them alone", async () => {
    const alone = createStage();
    alone.setPolicy(await openAsync("hopper.onnx"));
    await runAsync(alone, 1);
    const world = createStage();
    world.setPolicy(await openAsync("hopper.onnx"));
    world.addGhost(0, await openAsync("hopper.onnx"));
    world.addGhost(3, await openPolicyAsync({ name: "tiny", source: tinyNetwork(11, 3, new Random(2)) }));
    await runAsync(world, 1);
    const { layout } = world;
    const [expected, actual] = [picture(alone), picture(world)];
    const live = layout.poseAt(2, 0);
    expect(actual.slice(0, live)).toEqual(expected.slice(0, live));
    expect(actual[layout.poseAt(2, 0) + 2]).toBeGreaterThan(0.3);
    expect(actual[layout.poseAt(5, 0)]).toBeGreaterThan(actual[layout.poseAt(2, 0)]! + 1);
    expect(actual.slice(layout.poseAt(3, 0), layout.poseAt(4, 0)).every((value) => value === 0)).toBe(true);
    expect(world.look().agents).toBe(2);

    world.removeGhost(0);
    await runAsync(world, 0.1);
    expect(picture(world)[layout.poseAt(2, 0) + 2]).toBe(0);
  });

  it("pushes a character and a ghost", async () => {
    const world = createStage();
    world.addGhost(1, await openPolicyAsync({ name: "tiny", source: tinyNetwork(11, 3, new Random(2)) }));
    world.push({ character: 1, part: 0, impulse: [0, 0, 20] });
    world.push({ character: 3, part: 0, impulse: [0, 0, -20] });
    await runAsync(world, 0.1);
    const z = (character: number) => picture(world)[world.layout.poseAt(character, 0) + 2]!;
    expect(z(1)).toBeGreaterThan(z(0) + 0.05);
    expect(z(3)).toBeLessThan(z(0) - 0.05);
  });

  it("drops boxes on the first that stands, a few at most", async () => {
    const world = createStage({ agents: 1 });
    const plain = createStage({ agents: 1 });
    const policy = await openAsync("hopper.onnx");
    for (const each of [world, plain]) each.setPolicy(policy);
    world.dropBox();
    const { boxesAt } = world.layout;
    const start = picture(world)[boxesAt + 1]!;
    expect(start).toBeGreaterThan(1.8);
    for (const each of [world, plain]) await runAsync(each, 0.6);
    const after = picture(world);
    expect(after[boxesAt + 1]).toBeLessThan(start - 0.5);
    // It has hit: the hopper's head is elsewhere than without it.
    const poses = world.layout.parts * POSE;
    expect(after.slice(0, poses)).not.toEqual(picture(plain).slice(0, poses));
    for (let i = 0; i < 6; i++) world.dropBox();
    expect(world.boxes.count).toBe(4);
    await runAsync(world, 0.5);
    world.reset();
    expect(world.boxes.count).toBe(0);
  });

  it("notes contact points only when asked", async () => {
    const world = createStage({ agents: 1 });
    world.setPolicy(await openAsync("hopper.onnx"));
    await runAsync(world, 0.5);
    expect(world.contacts.count).toBe(0);
    world.showContacts(true);
    let seen = 0;
    let highest = 0;
    let force = 0;
    for (let i = 0; i < 120; i++) {
      await world.stepAsync();
      const values = picture(world);
      for (let c = 0; c < world.contacts.count; c++) {
        const at = world.layout.contactsAt + c * CONTACT;
        seen++;
        highest = Math.max(highest, Math.abs(values[at + 1]!));
        force = Math.max(force, values[at + 6]!);
        expect(values[at + 4]).toBeCloseTo(1, 2);
      }
    }
    expect(seen).toBeGreaterThan(20);
    expect(highest).toBeLessThan(0.05);
    expect(force).toBeGreaterThan(100);
    world.showContacts(false);
    await runAsync(world, 0.2);
    expect(world.contacts.count).toBe(0);
  });

  it("keeps footfalls by turns: down, up, down", async () => {
    const world = createStage({ agents: 1 });
    world.setPolicy(await openAsync("hopper.onnx"));
    await runAsync(world, 6);
    const { footfalls } = world.look();
    expect(footfalls!.feet).toEqual(["foot"]);
    expect(footfalls!.seconds).toBeCloseTo(6);
    const [times] = footfalls!.contacts;
    expect(times!.length).toBeGreaterThan(8);
    expect([...times!].sort((a, b) => a - b)).toEqual(times);
    await runAsync(world, 6);
    expect(world.look().footfalls!.contacts[0]![1]).toBeGreaterThan(3.9);
  });

  it("stands on a slope", async () => {
    const world = createStage({ agents: 1, ground: "slope" });
    world.setPolicy(await openAsync("hopper.onnx"));
    world.showContacts(true);
    let highest = 0;
    for (let i = 0; i < 600; i++) {
      await world.stepAsync();
      if (world.contacts.count > 0) highest = Math.max(highest, picture(world)[world.layout.contactsAt + 1]!);
    }
    expect(highest).toBeGreaterThan(0.02);
  });
});
