import { MAX_GHOSTS, type NamedPolicy } from "./protocol.js";
import type { Ghost } from "./stageState.js";

export interface PlacedGhost extends Ghost, NamedPolicy {
  /** Its place beside the others, from 0. */
  readonly slot: number;
}

/** The policies beside the newest one, each in a place of its own. */
export class GhostList {
  private readonly placed = new Map<number, PlacedGhost>();
  private ids = 0;

  get all(): readonly PlacedGhost[] {
    return [...this.placed.values()];
  }

  has(id: number): boolean {
    return this.placed.has(id);
  }

  /** Takes a place; null when there is none left. */
  place(policy: NamedPolicy): PlacedGhost | null {
    const taken = new Set(this.all.map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    if (slot === MAX_GHOSTS) return null;
    const ghost = { ...policy, id: ++this.ids, slot };
    this.placed.set(ghost.id, ghost);
    return ghost;
  }

  /** @returns what has been taken away */
  remove(id: number): PlacedGhost | null {
    const ghost = this.placed.get(id) ?? null;
    this.placed.delete(id);
    return ghost;
  }

  clear(): void {
    this.placed.clear();
  }
}
