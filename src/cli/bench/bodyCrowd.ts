import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { ArticulatedBody } from "../../body/articulatedBody.js";
import { addGround } from "../../body/ground.js";
import { PhysicsWorld } from "../../body/world.js";
import { createHeadlessScene } from "../../env/headless.js";
import type { Random } from "../../random.js";
import type { GymnasiumBody } from "./gymnasiumBodies.js";

/** m between neighbours, as in training. */
const SPACING = 2;

/** Many of one body in one world of ours, driven by random torques. */
export class BodyCrowd {
  readonly bodies: readonly ArticulatedBody[];
  private readonly world: PhysicsWorld;
  private readonly period: number;

  constructor({ spec, clock, decisionPeriod, mujoco }: GymnasiumBody, havok: HavokPhysicsWithBindings, agents: number) {
    this.world = new PhysicsWorld(createHeadlessScene(), havok, clock);
    addGround(this.world, mujoco.groundFriction);
    this.bodies = Array.from(
      { length: agents },
      (_, index) => new ArticulatedBody(this.world, spec, { ground: [index * SPACING, 0, 0], index }),
    );
    this.period = decisionPeriod;
  }

  /**
   * Simulated seconds, of all bodies together, per second over so many of them, from the start pose: torques set, steps
   * made, states read.
   */
  speed(seconds: number, random: Random): number {
    const { world, bodies, period } = this;
    const { physicsDt } = world.clock;
    const steps = Math.round(seconds / physicsDt);
    for (const body of bodies) body.reset(body.startPose());
    const start = performance.now();
    for (let step = 1; step <= steps; step++) {
      if (step % period === 1 % period) {
        for (const { drives } of bodies) {
          for (const drive of drives) drive?.apply(random.uniform(-1, 1) * drive.spec.maxTorque);
        }
      }
      world.step();
      if (step % period === 0) for (const body of bodies) body.readState();
    }
    return (bodies.length * steps * physicsDt * 1000) / (performance.now() - start);
  }

  dispose(): void {
    for (const body of this.bodies) body.dispose();
    this.world.scene.getEngine().dispose();
  }
}
