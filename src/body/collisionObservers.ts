import type { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";

/** What Babylon's plugin does with the engine's events after a step of its own; private in its types. */
interface EventSource {
  readonly world: unknown;
  readonly _bodyCollisionObservable: ReadonlyMap<bigint, unknown>;
  readonly _bodyCollisionEndedObservable: ReadonlyMap<bigint, unknown>;
  _notifyCollisions(world: unknown): void;
  _notifyTriggers(world: unknown): void;
}

const sourceOf = (plugin: HavokPlugin) => plugin as unknown as EventSource;

/** Whether the game has asked to hear of collisions. */
export function hasCollisionObservers(plugin: HavokPlugin): boolean {
  return (
    plugin.onCollisionObservable.hasObservers() ||
    plugin.onCollisionEndedObservable.hasObservers() ||
    sourceOf(plugin)._bodyCollisionObservable.size > 0 ||
    sourceOf(plugin)._bodyCollisionEndedObservable.size > 0
  );
}

/** Tells the game's observers of the last step's collisions; the engine hands each event out once only. */
export function notifyCollisions(plugin: HavokPlugin): void {
  sourceOf(plugin)._notifyCollisions(plugin.world);
}

/** Tells the game's observers, where there are any, of bodies that came into a trigger or left it. */
export function notifyTriggers(plugin: HavokPlugin): void {
  if (plugin.onTriggerCollisionObservable.hasObservers()) sourceOf(plugin)._notifyTriggers(plugin.world);
}
