import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType, PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { describe, expect, it } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { PhysicsWorld } from "../../src/body/world.js";
import { boxBody, linkBody, menagerie } from "../support/bodies.js";
import { createWorld, havok } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

/** Reads the body and compares it with the engine's own functions. */
function expectAsTheApiSays(body: ArticulatedBody): void {
  body.readState();
  body.handles.forEach((handle, part) => {
    const [position, rotation] = havok.HP_Body_GetQTransform(handle)[1];
    const sign = rotation[3] < 0 ? -1 : 1;
    const row = (array: Float32Array, width: number) => array.subarray(part * width, part * width + width);
    expectNear(row(body.positions, 3), position, 1e-5);
    expectNear(
      row(body.rotations, 4),
      rotation.map((x) => sign * x),
      1e-5,
    );
    expectNear(row(body.linearVelocities, 3), havok.HP_Body_GetLinearVelocity(handle)[1], 1e-4);
    expectNear(row(body.angularVelocities, 3), havok.HP_Body_GetAngularVelocity(handle)[1], 1e-4);
  });
}

function ball(world: PhysicsWorld): PhysicsBody {
  const node = new TransformNode("ball", world.scene);
  node.position.set(100, 5, 100);
  const body = new PhysicsBody(node, PhysicsMotionType.DYNAMIC, false, world.scene);
  body.shape = new PhysicsShape({ type: PhysicsShapeType.SPHERE, parameters: { radius: 0.5 } }, world.scene);
  return body;
}

describe("StateReader", () => {
  it.each([
    ["a box that slides on the ground and does not turn", boxBody()],
    ["a swinging link", linkBody()],
    ["a whole animal", menagerie],
  ])("reads %s from memory as the engine's functions give it, in one world after another", (_title, spec) => {
    for (let i = 0; i < 3; i++) {
      const world = createWorld({ ground: 1 });
      const body = new ArticulatedBody(world, spec);
      body.reset({ ...body.startPose(), linearVelocity: [3, 0, 0] });
      for (let step = 0; step < 10; step++) {
        world.step();
        expectAsTheApiSays(body);
      }
      expect(world.state.readsMemory).toBe(true);
    }
  });

  it("follows when bodies come and go between the steps, the game's own ones too", () => {
    const world = createWorld({ ground: 1 });
    let early = ball(world);
    const first = new ArticulatedBody(world, menagerie);
    const late = ball(world);
    let second = new ArticulatedBody(world, boxBody(), { index: 1, ground: [3, 0, 0] });
    for (let step = 0; step < 12; step++) {
      // One goes and one comes, so that their number is the same at the next step.
      if (step % 3 === 0) {
        early.dispose();
        early = ball(world);
      }
      if (step === 5) late.dispose();
      if (step % 4 === 3) {
        second.dispose();
        second = new ArticulatedBody(world, boxBody(), { index: 1, ground: [3, 0, 0] });
        second.reset({ ...second.startPose(), angularVelocity: [1, 2, 3] });
      }
      world.step();
      expectAsTheApiSays(first);
      expectAsTheApiSays(second);
    }
  });

  it("goes by the engine's functions where the memory does not look as expected", () => {
    const world = createWorld({ ground: 1 });
    const body = new ArticulatedBody(world, menagerie);
    world.step();
    // Bodies take a new speed limit over in the next step; until then memory and world disagree.
    havok.HP_World_SetSpeedLimit(world.plugin.world, 150, 90);
    for (let step = 0; step < 5; step++) {
      expectAsTheApiSays(body);
      world.step();
    }
    expect(world.state.readsMemory).toBe(false);
  });
});
