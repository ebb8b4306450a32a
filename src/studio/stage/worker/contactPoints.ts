import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { IPhysicsCollisionEvent } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { ArticulatedBody } from "../../../body/articulatedBody.js";
import { numberOf } from "../../../body/engineCalls.js";
import type { PhysicsWorld } from "../../../body/world.js";
import { CONTACT } from "../frameLayout.js";

interface WatchedPart {
  readonly body: ArticulatedBody;
  readonly part: number;
  readonly eventMask: number;
}

/** Where characters touched something in the last physics step, noted while somebody wants to see it: it costs time. */
export class ContactPoints {
  count = 0;
  private readonly values: Float32Array;
  private readonly parts = new Map<PhysicsBody, WatchedPart>();
  private observer: Observer<IPhysicsCollisionEvent> | null = null;

  constructor(
    private readonly world: PhysicsWorld,
    private readonly max: number,
  ) {
    this.values = new Float32Array(max * CONTACT);
  }

  /** Watches exactly these bodies; none: stops watching. */
  watch(bodies: readonly ArticulatedBody[]): void {
    const { plugin, havok } = this.world;
    for (const [physics, { eventMask }] of this.parts) if (!physics.isDisposed) physics.setEventMask(eventMask);
    this.parts.clear();
    const { COLLISION_STARTED, COLLISION_CONTINUED } = havok.EventType;
    const touching = numberOf(COLLISION_STARTED) | numberOf(COLLISION_CONTINUED);
    for (const body of bodies) {
      body.bodies.forEach((physics, part) => {
        const eventMask = physics.getEventMask();
        this.parts.set(physics, { body, part, eventMask });
        physics.setEventMask(eventMask | touching);
      });
    }
    if (bodies.length > 0) this.observer ??= plugin.onCollisionObservable.add((event) => this.note(event));
    else if (this.observer) {
      plugin.onCollisionObservable.remove(this.observer);
      this.observer = null;
    }
    this.count = 0;
  }

  /** Forgets the last step; to be called before the next one. */
  beginStep(): void {
    this.count = 0;
  }

  write(out: Float32Array, offset: number): void {
    for (let i = 0; i < this.count * CONTACT; i++) out[offset + i] = this.values[i]!;
  }

  private note({ collider, collidedAgainst, point, normal, impulse }: IPhysicsCollisionEvent): void {
    const watched = this.parts.get(collider) ?? this.parts.get(collidedAgainst);
    // The engine also reports parts that have come near each other and bear nothing.
    if (!watched || !point || !normal || impulse <= 0 || this.count === this.max) return;
    const { positions } = watched.body;
    const i = watched.part * 3;
    const inwards =
      (positions[i]! - point.x) * normal.x +
      (positions[i + 1]! - point.y) * normal.y +
      (positions[i + 2]! - point.z) * normal.z;
    const sign = inwards < 0 ? -1 : 1;
    const at = this.count++ * CONTACT;
    this.values[at] = point.x;
    this.values[at + 1] = point.y;
    this.values[at + 2] = point.z;
    this.values[at + 3] = sign * normal.x;
    this.values[at + 4] = sign * normal.y;
    this.values[at + 5] = sign * normal.z;
    this.values[at + 6] = impulse / this.world.clock.physicsDt;
  }
}
