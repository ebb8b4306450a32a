import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { RegisterJoinedPhysicsEngineComponent } from "@babylonjs/core/Physics/joinedPhysicsEngineComponent.pure.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { PhysicsEngine } from "@babylonjs/core/Physics/v2/physicsEngine.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { InputError } from "../inputError.js";
import { notifyTriggers } from "./collisionObservers.js";
import { ContactReader } from "./contacts.js";
import { type EngineCalls, engineCalls } from "./engineCalls.js";
import type { HeightMap } from "./ground.js";
import type { Vec3 } from "./spec.js";
import { StateReader } from "./stateReader.js";

/** How time passes in a {@link PhysicsWorld}. */
export interface PhysicsClock {
  /** Seconds of one physics step. */
  readonly physicsDt: number;
  /**
   * Solver microsteps inside one physics step: 4 (the engine's own choice) or 8, which costs about 40 % more time and
   * makes joints as stiff as a halved step would.
   */
  readonly microsteps: 4 | 8;
}

/** m/s² */
export const EARTH_GRAVITY: Vec3 = [0, -9.81, 0];

/** Frames that a slow computer may owe before simulated time is given up; keeps one slow frame from causing the next. */
const MAX_STEPS_PER_FRAME = 8;

/**
 * A scene's Havok world on a fixed clock. It takes the stepping over from Babylon, because a policy must see the same
 * `physicsDt` in the game as in training, whatever the frame rate.
 *
 * Training calls `step` as fast as it can; a game asks `stepsDue` with its frame time, makes those steps, and then calls
 * `syncNodes`. Bodies that the game moves by their nodes (`disablePreStep = false`) and its collision observers work on.
 */
export class PhysicsWorld {
  readonly plugin: HavokPlugin;
  readonly contacts: ContactReader;
  readonly state: StateReader;
  readonly calls: EngineCalls;
  /** What pushes bodies beside joints, contacts and gravity: called before each physics step with its seconds. */
  readonly forces = new Set<{ apply(dt: number): void }>();
  /** Height of uneven ground; null where it is flat. `addUnevenGround` sets it, and so may a game with ground of its own. */
  heightAt: HeightMap | null = null;
  /** Bodies that nodes never move: those of characters. There are many, and a step is short. */
  readonly parts = new WeakSet<PhysicsBody>();
  private readonly engine: PhysicsEngine;
  private others: readonly PhysicsBody[] = [];
  private lastBody: PhysicsBody | undefined;
  private bodyCount = 0;
  private unsimulated = 0;

  /**
   * @param havok what `await HavokPhysics()` gave. A scene that has physics enabled already keeps its plugin.
   * @param gravity m/s²
   */
  constructor(
    readonly scene: Scene,
    readonly havok: HavokPhysicsWithBindings,
    readonly clock: PhysicsClock,
    gravity: Vec3 = EARTH_GRAVITY,
  ) {
    if (!(clock.physicsDt > 0))
      throw new InputError(`physicsDt is ${clock.physicsDt}, it must be a positive time in s.`);
    if (clock.microsteps !== 4 && clock.microsteps !== 8) {
      throw new InputError(`microsteps is ${clock.microsteps}, allowed are 4 and 8.`);
    }
    RegisterJoinedPhysicsEngineComponent();
    if (!scene.getPhysicsEngine()) scene.enablePhysics(new Vector3(...gravity), new HavokPlugin(true, havok));
    this.engine = scene.getPhysicsEngine() as unknown as PhysicsEngine;
    this.plugin = this.engine.getPhysicsPlugin() as HavokPlugin;
    if (this.plugin._hknp !== havok) {
      throw new InputError(
        "The scene's physics runs on another instance of Havok than the one given; give it the same.",
      );
    }
    scene.physicsEnabled = false;
    this.calls = engineCalls(havok);
    this.state = new StateReader(havok, this.calls, this.plugin.world);
    this.contacts = new ContactReader(havok, this.plugin);
  }

  /** m/s² */
  get gravity(): Vec3 {
    const { x, y, z } = this.engine.gravity;
    return [x, y, z];
  }

  /** One physics step of `physicsDt`. Transform nodes stay where they are until `syncNodes`. */
  step(): void {
    const { physicsDt, microsteps } = this.clock;
    for (const body of this.gameBodies()) {
      if (!body.disablePreStep) this.plugin.setPhysicsBodyTransformation(body, body.transformNode);
    }
    for (const force of this.forces) force.apply(physicsDt);
    // Havok derives its microsteps from the ratio of the step to this "ideal" one: 4 at 1, 8 at 2.
    this.calls.step(this.plugin.world, (physicsDt * 4) / microsteps, physicsDt);
    this.state.refresh();
    this.contacts.read(physicsDt);
    notifyTriggers(this.plugin);
  }

  /** The scene's bodies that may be moved by their nodes; looked for when bodies have come or gone. */
  private gameBodies(): readonly PhysicsBody[] {
    const bodies = this.engine.getBodies();
    // New ones come last: with the same number and the same last one, they are the same.
    const last = bodies.at(-1);
    if (bodies.length !== this.bodyCount || last !== this.lastBody) {
      this.others = bodies.filter((body) => !this.parts.has(body));
      this.bodyCount = bodies.length;
      this.lastBody = last;
    }
    return this.others;
  }

  /**
   * Number of physics steps that are due after another `seconds` of frame time. The caller makes them (with whatever
   * belongs to a step, such as `Academy.step`) and then calls `syncNodes`.
   */
  stepsDue(seconds: number): number {
    const { physicsDt } = this.clock;
    this.unsimulated = Math.min(this.unsimulated + seconds, MAX_STEPS_PER_FRAME * physicsDt);
    const steps = Math.floor(this.unsimulated / physicsDt);
    this.unsimulated -= steps * physicsDt;
    return steps;
  }

  /** Moves the transform node of every dynamic body in the scene, the game's own ones too, to where the body is. */
  syncNodes(): void {
    for (const body of this.engine.getBodies()) {
      if (!body.disableSync) this.plugin.sync(body);
    }
  }
}
