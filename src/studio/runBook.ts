import { type MetricRecord, TAGS } from "../train/log/metrics.js";
import { isLive } from "./client.js";
import type { RunStore, StoredCheckpoint, StoredRun } from "./store.js";
import { throttle } from "./throttle.js";

/** Steps and return of a run that trains are shown anew at most this often, ms. */
const SHOW_INTERVAL = 500;

/** The runs that the page knows, with their records, and the store behind them. */
export class RunBook {
  private runsById = new Map<string, StoredRun>();
  private readonly recordsById = new Map<string, MetricRecord[]>();
  /** Records that wait for the next checkpoint to be stored with. */
  private readonly unsaved = new Map<string, MetricRecord[]>();
  private readonly showSteps: () => void;

  /**
   * @param onRuns called when runs have changed
   * @param onRecords called when records have
   */
  constructor(
    private readonly store: RunStore,
    private readonly onRuns: () => void,
    private readonly onRecords: () => void,
  ) {
    this.showSteps = throttle(SHOW_INTERVAL, onRuns);
  }

  /** Reads what is stored; a run that was left while it trained has been stopped. @returns the one that was left last */
  async loadAsync(): Promise<StoredRun | null> {
    const runs = await this.store.runsAsync();
    const left = runs.find(({ status }) => isLive(status)) ?? null;
    const stopped = runs.map((run) => (isLive(run.status) ? { ...run, status: "stopped" as const } : run));
    this.runsById = new Map(stopped.map((run) => [run.id, run]));
    this.onRuns();
    return left && this.runsById.get(left.id)!;
  }

  /** Newest first. */
  get runs(): readonly StoredRun[] {
    return [...this.runsById.values()].sort((a, b) => b.startedAt - a.startedAt);
  }

  get(id: string): StoredRun | null {
    return this.runsById.get(id) ?? null;
  }

  /** A name that no run has. */
  freeId(wanted: string): string {
    for (let i = 1; ; i++) if (!this.runsById.has(`${wanted}-${i}`)) return `${wanted}-${i}`;
  }

  /** Records of a run; those of a stored one arrive later, when they are asked for the first time. */
  records(id: string): readonly MetricRecord[] {
    const known = this.recordsById.get(id);
    if (known) return known;
    const records: MetricRecord[] = [];
    this.recordsById.set(id, records);
    void this.store.recordsAsync(id).then((stored) => {
      if (this.recordsById.get(id) !== records || stored.length === 0) return;
      this.recordsById.set(id, stored);
      this.onRecords();
    });
    return records;
  }

  async add(run: StoredRun, records: readonly MetricRecord[], checkpoint: StoredCheckpoint | null): Promise<void> {
    this.runsById.set(run.id, run);
    this.recordsById.set(run.id, [...records]);
    this.onRuns();
    if (checkpoint) await this.store.saveAsync(run, checkpoint, records);
    else await this.store.putRunAsync(run);
  }

  change(id: string, changes: Partial<StoredRun>): void {
    const run = this.get(id);
    if (!run) return;
    const changed = { ...run, ...changes };
    this.runsById.set(id, changed);
    this.onRuns();
    void this.store.putRunAsync(changed);
  }

  addRecord(id: string, record: MetricRecord): void {
    const run = this.get(id);
    if (!run) return;
    this.recordsById.set(id, [...this.records(id), record]);
    this.unsaved.set(id, [...(this.unsaved.get(id) ?? []), record]);
    // Not stored: the run goes on from its checkpoint, which comes every few seconds.
    this.runsById.set(id, { ...run, steps: record.step, return: record.values[TAGS.return] ?? run.return });
    this.showSteps();
    this.onRecords();
  }

  async saveAsync(id: string, checkpoint: StoredCheckpoint, wallSeconds: number): Promise<void> {
    const run = this.get(id);
    if (!run) return;
    const waiting = this.unsaved.get(id) ?? [];
    const due = waiting.filter(({ step }) => step <= checkpoint.steps);
    this.unsaved.set(id, waiting.slice(due.length));
    const saved = { ...run, wallSeconds };
    this.runsById.set(id, saved);
    await this.store.saveAsync(saved, checkpoint, due);
  }

  checkpointAsync(id: string): Promise<StoredCheckpoint | undefined> {
    return this.store.checkpointAsync(id);
  }

  /** Forgets what came after the checkpoint that the run goes on from. */
  async rewindAsync(id: string, steps: number): Promise<void> {
    this.unsaved.delete(id);
    const stored = await this.store.recordsAsync(id);
    this.recordsById.set(
      id,
      stored.filter(({ step }) => step <= steps),
    );
    this.onRecords();
  }

  async delete(id: string): Promise<void> {
    this.runsById.delete(id);
    this.recordsById.delete(id);
    this.unsaved.delete(id);
    this.onRuns();
    await this.store.deleteAsync(id);
  }
}
