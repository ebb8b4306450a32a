import { INITIAL_STAGE, type StageState } from "./stageState.js";

/** The state of the stage, replaced as a whole, and those who want to know. */
export class StageStore {
  state: StageState = { settings: INITIAL_STAGE, ghosts: [], figures: null, footfalls: null, push: null };
  private readonly listeners = new Set<() => void>();

  subscribe(onChange: () => void): () => void {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  }

  update(changes: Partial<StageState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}
