import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { IPhysicsCollisionEvent } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import type { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { hasCollisionObservers, notifyCollisions } from "./collisionObservers.js";
import { type BodyHandle, numberOf } from "./engineCalls.js";
import { EngineMemory } from "./engineMemory.js";

/** Where the contacts of one body's parts are noted; index = part. */
export interface ContactTarget {
  /** 1 while the part touched something else than another watched part of its own body in the last physics step. */
  readonly contacts: Uint8Array;
  /** Sum of the contact forces on the part over the last physics step, N. */
  readonly contactForces: Float32Array;
}

interface WatchedPart {
  readonly target: ContactTarget;
  readonly part: number;
}

// Layout of a collision event in Havok's memory, in 32-bit words; the same that Babylon's own plugin reads.
const TYPE = 0;
const BODY_A = 2;
const BODY_B = 18;
const IMPULSE = 34;

/** Reads the engine's collision events after each step into the bodies that asked for them. */
export class ContactReader {
  /** What is watched, and the same by the word that names a body in events. */
  private watched: readonly WatchedPart[] = [];
  private readonly byWord = new Map<number, WatchedPart>();
  private readonly startedOrContinued: number;
  private readonly finished: number;
  private readonly worldAddress: number;
  private observer: Observer<IPhysicsCollisionEvent> | null = null;
  private stepSeconds = 0;
  private readonly memory: EngineMemory;

  constructor(
    private readonly havok: HavokPhysicsWithBindings,
    private readonly plugin: HavokPlugin,
  ) {
    const { COLLISION_STARTED, COLLISION_CONTINUED, COLLISION_FINISHED } = havok.EventType;
    this.startedOrContinued = numberOf(COLLISION_STARTED) | numberOf(COLLISION_CONTINUED);
    this.finished = numberOf(COLLISION_FINISHED);
    this.worldAddress = Number(plugin.world);
    this.memory = new EngineMemory(havok);
  }

  /** Watches one part; the game's own collision callbacks on that body keep working. */
  watch(handle: BodyHandle, target: ContactTarget, part: number): void {
    const mask = this.havok.HP_Body_GetEventMask(handle)[1];
    this.havok.HP_Body_SetEventMask(handle, mask | this.startedOrContinued);
    this.byWord.set(word(handle), { target, part });
    this.watched = [...this.byWord.values()];
  }

  unwatch(handle: BodyHandle): void {
    this.byWord.delete(word(handle));
    this.watched = [...this.byWord.values()];
  }

  /**
   * Reads the events of the step that has just been made. The engine hands each event out once: where the game listens
   * too, Babylon's plugin gets them and passes them on.
   * @param dt seconds of the step
   */
  read(dt: number): void {
    for (const { target, part } of this.watched) {
      target.contacts[part] = 0;
      target.contactForces[part] = 0;
    }
    if (hasCollisionObservers(this.plugin)) this.readFromPlugin(dt);
    else if (this.watched.length > 0) this.readFromMemory(dt);
  }

  private readFromMemory(dt: number): void {
    let address = this.havok.HP_World_GetCollisionEvents(this.plugin.world)[1];
    if (!address) return;
    this.memory.refresh();
    const { ints, floats } = this.memory;
    while (address) {
      const base = address >> 2;
      if (ints[base + TYPE] !== this.finished) {
        this.note(ints[base + BODY_A]!, ints[base + BODY_B]!, floats[base + IMPULSE]! / dt);
      }
      address = this.havok.HP_World_GetNextCollisionEvent(this.worldAddress, address);
    }
  }

  private readFromPlugin(dt: number): void {
    this.stepSeconds = dt;
    // Stays once it is there: Babylon puts the removal of observers off until the script yields.
    this.observer ??= this.plugin.onCollisionObservable.add(({ collider, collidedAgainst, impulse }) => {
      this.note(wordOf(collider), wordOf(collidedAgainst), impulse / this.stepSeconds);
    });
    notifyCollisions(this.plugin);
  }

  private note(bodyA: number, bodyB: number, force: number): void {
    const a = this.byWord.get(bodyA);
    const b = this.byWord.get(bodyB);
    // A foot on the other foot is not on the ground.
    if (a && b && a.target === b.target) return;
    if (a) touch(a, force);
    if (b) touch(b, force);
  }
}

function touch({ target, part }: WatchedPart, force: number): void {
  target.contacts[part] = 1;
  target.contactForces[part]! += force;
}

/** NaN, which nobody watches, for a body that is gone. */
function wordOf(body: PhysicsBody): number {
  const handle = body._pluginData?.hpBodyId as BodyHandle | undefined;
  return handle ? word(handle) : Number.NaN;
}

/** Events name bodies by the low word of their handle. */
function word(handle: BodyHandle): number {
  return Number(BigInt.asIntN(32, handle[0] as unknown as bigint));
}
