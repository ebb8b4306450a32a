import type { TaskDefinition, TaskState } from "./task.js";

/** Averages a task's measures over an episode. */
export class EpisodeMeasures {
  private readonly names: readonly string[];
  private readonly measures: readonly ((state: TaskState) => number)[];
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;

  constructor(measures: TaskDefinition["measures"] = {}) {
    this.names = Object.keys(measures);
    this.measures = Object.values(measures);
    this.sums = new Float64Array(this.names.length);
    this.counts = new Int32Array(this.names.length);
  }

  begin(): void {
    this.sums.fill(0);
    this.counts.fill(0);
  }

  add(state: TaskState): void {
    for (let i = 0; i < this.measures.length; i++) {
      const value = this.measures[i]!(state);
      if (Number.isNaN(value)) continue;
      this.sums[i]! += value;
      this.counts[i]!++;
    }
  }

  means(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.names.map((name, i) => [name, this.sums[i]! / Math.max(1, this.counts[i]!)]));
  }
}
