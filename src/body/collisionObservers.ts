import type { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";

/** What Babylon's plugin does with the engine's events after a step of its own; private in its types. */
interface EventSource {
  readonly world: unknown;
  readonly _bodyCollisionObservable: ReadonlyMap<bigint, unknown>;
  readonly _bodyCollisionEndedObservable: ReadonlyMap<bigint, unknown>;
  _notifyCollisions(world: unknown): void;
  _notifyTriggers(world: unknown): void;
}

/** Tells the game's observers of collisions and triggers about the last step; free where there are none. */
export function notifyObservers(plugin: HavokPlugin): void {
  const source = plugin as unknown as EventSource;
  if (
    plugin.onCollisionObservable.hasObservers() ||
    plugin.onCollisionEndedObservable.hasObservers() ||
    source._bodyCollisionObservable.size > 0 ||
    source._bodyCollisionEndedObservable.size > 0
  ) {
    source._notifyCollisions(source.world);
  }
  if (plugin.onTriggerCollisionObservable.hasObservers()) source._notifyTriggers(source.world);
}
