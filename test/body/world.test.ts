import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { RegisterJoinedPhysicsEngineComponent } from "@babylonjs/core/Physics/joinedPhysicsEngineComponent.pure.js";
import {
  PhysicsEventType,
  PhysicsMotionType,
  PhysicsShapeType,
} from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { addGround } from "../../src/body/ground.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { type PhysicsClock, PhysicsWorld } from "../../src/body/world.js";
import { createHeadlessScene, loadHavokAsync } from "../../src/env/headless.js";
import { boxBody, LINK_MASS, linkBody, menagerie } from "../support/bodies.js";
import { createBody, createWorld, havok, run, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const CLOCK: PhysicsClock = { physicsDt: 1 / 120, microsteps: 4 };

function newScene(): Scene {
  const scene = createHeadlessScene();
  onTestFinished(() => scene.getEngine().dispose());
  return scene;
}

describe("the clock", () => {
  it("steps by physicsDt, whatever the microsteps", () => {
    for (const [physicsDt, microsteps] of [
      [1 / 60, 4],
      [1 / 60, 8],
      [1 / 50, 8],
      [1 / 240, 4],
    ] as const) {
      const { world, body } = createBody(boxBody(), { physicsDt, microsteps, gravity: WEIGHTLESS });
      body.reset({ ...body.startPose(), linearVelocity: [3, 0, 0] });
      run(world, body, 10);
      expect(body.positions[0]).toBeCloseTo(30 * physicsDt, 4);
    }
  });

  it("with 8 microsteps loses as little energy as a halved step with 4 does", () => {
    /** Share of its energy that a pendulum keeps for three seconds; joints lose some in each microstep. */
    const kept = (physicsDt: number, microsteps: 4 | 8) => {
      const { world, body } = createBody(linkBody(), { physicsDt, microsteps });
      const inertia = solidInertia(body.spec.parts[1]!.shape, LINK_MASS)[0] + LINK_MASS * 0.25 ** 2;
      body.reset({ ...body.startPose(), joints: [1.5] });
      run(world, body, Math.round(3 / physicsDt));
      const potential = (angle: number) => LINK_MASS * 9.81 * 0.25 * (1 - Math.cos(angle));
      return (0.5 * inertia * body.jointRates[0]! ** 2 + potential(body.jointValues[0]!)) / potential(1.5);
    };
    const eight = kept(1 / 60, 8);
    expect(Math.abs(eight - kept(1 / 120, 4))).toBeLessThan(0.01);
    expect(eight - kept(1 / 60, 4)).toBeGreaterThan(0.03);
    expect(eight).toBeLessThan(1);
  });

  it("gives the steps that are due and keeps the rest of the time", () => {
    const world = createWorld({ physicsDt: 1 / 100 });
    expect([0.005, 0.004, 0.002, 0.03, 0, 0.0095].map((seconds) => world.stepsDue(seconds))).toEqual([
      0, 0, 1, 3, 0, 1,
    ]);
  });

  it("comes out even over many frames", () => {
    const world = createWorld({ physicsDt: 1 / 75 });
    let steps = 0;
    for (let frame = 0; frame < 600; frame++) steps += world.stepsDue(1 / 60);
    expect(Math.abs(steps - 750)).toBeLessThanOrEqual(1);
  });

  it("gives up time after eight steps, so that a slow frame does not cause the next", () => {
    const world = createWorld({ physicsDt: 1 / 100 });
    expect(world.stepsDue(5)).toBe(8);
    expect(world.stepsDue(0.009)).toBe(0);
    expect(world.stepsDue(0.002)).toBe(1);
  });

  it.each([
    [{ physicsDt: 0, microsteps: 4 }, "physicsDt is 0, it must be a positive time in s."],
    [{ physicsDt: Number.NaN, microsteps: 4 }, "physicsDt is NaN, it must be a positive time in s."],
    [{ physicsDt: 0.01, microsteps: 5 }, "microsteps is 5, allowed are 4 and 8."],
  ])("refuses %o", (clock, sentence) => {
    expect(() => new PhysicsWorld(newScene(), havok, clock as PhysicsClock)).toThrow(sentence);
  });
});

describe("transform nodes", () => {
  it("stay until syncNodes, then are where the parts are", () => {
    const { world, body } = createBody(menagerie, { ground: 1 });
    const node = body.bodies[1]!.transformNode;
    const before = node.position.clone();
    run(world, body, 30);
    expect(node.position.equals(before)).toBe(true);
    world.syncNodes();
    body.bodies.forEach(({ transformNode: { position, rotationQuaternion } }, part) => {
      expectNear(position.asArray(), body.positions.subarray(part * 3, part * 3 + 3), 1e-5);
      const q = body.rotations.subarray(part * 4, part * 4 + 4);
      const { x, y, z, w } = rotationQuaternion!;
      expect(Math.abs(x * q[0]! + y * q[1]! + z * q[2]! + w * q[3]!)).toBeCloseTo(1, 5);
    });
  });

  it("show a reset too", () => {
    const { world, body } = createBody(boxBody());
    run(world, body, 30);
    body.reset({ ...body.startPose(), position: [1, 2, 3] });
    world.syncNodes();
    expectNear(body.bodies[0]!.transformNode.position.asArray(), [1, 2, 3], 1e-5);
  });
});

describe("a scene that has physics already", () => {
  /** A game with a crate in the air, before Legwork comes. */
  function game() {
    const scene = newScene();
    RegisterJoinedPhysicsEngineComponent();
    scene.enablePhysics(new Vector3(0, -5, 0), new HavokPlugin(true, havok));
    const node = new TransformNode("crate", scene);
    node.position.set(20, 10, 0);
    const crate = new PhysicsAggregate(
      node,
      PhysicsShapeType.BOX,
      { mass: 3, extents: new Vector3(1, 1, 1), friction: 0.5 },
      scene,
    );
    const world = new PhysicsWorld(scene, havok, CLOCK);
    addGround(world, 1);
    return { scene, node, crate, world };
  }

  /** What a game does in each frame. */
  function frame(world: PhysicsWorld, seconds: number): void {
    for (let due = world.stepsDue(seconds); due > 0; due--) world.step();
    world.syncNodes();
  }

  it("keeps its plugin, its gravity and its bodies, which fall and land in time", () => {
    const { scene, node, crate, world } = game();
    expect(world.plugin).toBe(scene.getPhysicsEngine()!.getPhysicsPlugin());
    const body = new ArticulatedBody(world, boxBody());
    for (let i = 0; i < 60; i++) frame(world, 1 / 60);
    // 5 m/s² over one second.
    expect(Math.abs(node.position.y - 7.5)).toBeLessThan(0.05);
    expect(crate.body.getLinearVelocity().y).toBeCloseTo(-5, 1);
    for (let i = 0; i < 120; i++) frame(world, 1 / 60);
    expect(node.position.y).toBeCloseTo(0.5, 2);
    body.readState();
    expect(body.positions[1]).toBeCloseTo(0.5, 2);
  });

  it("is stepped by nobody else: rendering a frame moves nothing", () => {
    const { scene, crate } = game();
    scene.activeCamera = new FreeCamera("camera", Vector3.Zero(), scene);
    scene.render();
    scene.render();
    expect(crate.body.getLinearVelocity().y).toBe(0);
  });

  it("lets its crates and the characters meet", () => {
    const { node, crate, world } = game();
    const body = new ArticulatedBody(world, boxBody({ friction: 0 }), { ground: [20, 0, 0] });
    body.watchContacts([0]);
    for (let i = 0; i < 240; i++) frame(world, 1 / 60);
    expect(node.position.y).toBeCloseTo(1.5, 1);
    expect(body.contacts[0]).toBe(1);
    // The crate's weight from above, and both from below, at 5 m/s².
    expect(Math.abs(body.contactForces[0]! / ((3 + 5) * 5) - 1)).toBeLessThan(0.06);
    crate.body.applyImpulse(new Vector3(30, 0, 0), node.position);
    for (let i = 0; i < 60; i++) frame(world, 1 / 60);
    expect(node.position.x).toBeGreaterThan(21);
  });

  it("keeps its collision and trigger observers", () => {
    const { crate, world } = game();
    const events: string[] = [];
    crate.body.setCollisionCallbackEnabled(true);
    crate.body.getCollisionObservable().add(({ type, impulse }) => {
      events.push(type);
      expect(impulse).toBeGreaterThanOrEqual(0);
    });
    for (let i = 0; i < 60; i++) frame(world, 1 / 60);
    expect(events).toEqual([]);
    for (let i = 0; i < 120; i++) frame(world, 1 / 60);
    expect(events[0]).toBe(PhysicsEventType.COLLISION_STARTED);
    expect(events).toContain(PhysicsEventType.COLLISION_CONTINUED);

    const seen: string[] = [];
    const node = new TransformNode("gate", world.scene);
    node.position.set(20, 0.5, 0);
    const gate = new PhysicsAggregate(
      node,
      PhysicsShapeType.BOX,
      { mass: 0, extents: new Vector3(3, 3, 3) },
      world.scene,
    );
    gate.shape.isTrigger = true;
    world.plugin.onTriggerCollisionObservable.add(({ type }) => seen.push(type));
    for (let i = 0; i < 10; i++) frame(world, 1 / 60);
    expect(seen).toContain(PhysicsEventType.TRIGGER_ENTERED);
  });

  it("keeps the callbacks of a character's part that Legwork watches too", () => {
    const { world } = game();
    const body = new ArticulatedBody(world, boxBody());
    let collisions = 0;
    body.bodies[0]!.setCollisionCallbackEnabled(true);
    body.bodies[0]!.getCollisionObservable().add(() => collisions++);
    body.watchContacts([0]);
    for (let i = 0; i < 10; i++) frame(world, 1 / 60);
    expect(collisions).toBeGreaterThan(0);
    expect(body.contacts[0]).toBe(1);
    expect(Math.abs(body.contactForces[0]! / (2 * 5) - 1)).toBeLessThan(0.05);
  });

  it("moves its platforms by their nodes", () => {
    const { world } = game();
    const node = new TransformNode("platform", world.scene);
    node.position.set(0, 5, 9);
    node.rotationQuaternion = Quaternion.Identity();
    const platform = new PhysicsAggregate(
      node,
      PhysicsShapeType.BOX,
      { mass: 0, extents: new Vector3(2, 0.2, 2) },
      world.scene,
    );
    platform.body.setMotionType(PhysicsMotionType.ANIMATED);
    platform.body.disablePreStep = false;
    const height = () => havok.HP_Body_GetQTransform(platform.body._pluginData.hpBodyId)[1][0][1];
    node.position.y = 6;
    world.step();
    expect(height()).toBeCloseTo(6, 3);
    // Characters that come and go later change nothing about that.
    const late = new ArticulatedBody(world, boxBody(), { ground: [9, 0, 0] });
    node.position.y = 7;
    world.step();
    expect(height()).toBeCloseTo(7, 3);
    late.dispose();
    node.position.y = 8;
    world.step();
    expect(height()).toBeCloseTo(8, 3);
  });

  it("must run on the instance of Havok that is given", async () => {
    const { scene } = game();
    const other = await loadHavokAsync();
    expect(() => new PhysicsWorld(scene, other, CLOCK)).toThrow("another instance of Havok");
  });
});
