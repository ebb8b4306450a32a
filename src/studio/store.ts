import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { MetricRecord } from "../train/log/metrics.js";
import type { RunSummary } from "./client.js";
import type { SheetRow } from "./rewards/sheet.js";

/** A run as it lies in the browser; its records and its checkpoint lie beside it. */
export interface StoredRun extends RunSummary {
  /** The trainer configuration, as YAML. */
  readonly configuration: string;
  readonly rewards: readonly SheetRow[];
  readonly wallSeconds: number;
}

export interface StoredCheckpoint {
  readonly bytes: Uint8Array;
  readonly steps: number;
  /** The policy as an ONNX file, of a run that has ended. */
  readonly policy?: Uint8Array;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRun };
  /** In the order of their steps. */
  records: { key: [run: string, step: number]; value: MetricRecord };
  checkpoints: { key: string; value: StoredCheckpoint };
}

const NAME = "legwork-studio";

/** The runs in the browser's own database. What was written is there after a reload, even in the middle of training. */
export class RunStore {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  static async openAsync(): Promise<RunStore> {
    const database = await openDB<Schema>(NAME, 1, {
      upgrade: (created) => {
        created.createObjectStore("runs", { keyPath: "id" });
        created.createObjectStore("records");
        created.createObjectStore("checkpoints");
      },
    });
    return new RunStore(database);
  }

  /** All runs, newest first. */
  async runsAsync(): Promise<StoredRun[]> {
    const runs = await this.database.getAll("runs");
    return runs.sort((a, b) => b.startedAt - a.startedAt);
  }

  recordsAsync(run: string): Promise<MetricRecord[]> {
    return this.database.getAll("records", recordsOf(run));
  }

  checkpointAsync(run: string): Promise<StoredCheckpoint | undefined> {
    return this.database.get("checkpoints", run);
  }

  async putRunAsync(run: StoredRun): Promise<void> {
    await this.database.put("runs", run);
  }

  /** All of it or nothing, so that a run and its curve always end at its checkpoint or before. */
  async saveAsync(run: StoredRun, checkpoint: StoredCheckpoint, records: readonly MetricRecord[]): Promise<void> {
    const change = this.database.transaction(["runs", "records", "checkpoints"], "readwrite");
    await Promise.all([
      change.objectStore("runs").put(run),
      change.objectStore("checkpoints").put(checkpoint, run.id),
      ...records.map((record) => change.objectStore("records").put(record, [run.id, record.step])),
      change.done,
    ]);
  }

  async deleteAsync(run: string): Promise<void> {
    const change = this.database.transaction(["runs", "records", "checkpoints"], "readwrite");
    await Promise.all([
      change.objectStore("runs").delete(run),
      change.objectStore("checkpoints").delete(run),
      change.objectStore("records").delete(recordsOf(run)),
      change.done,
    ]);
  }
}

function recordsOf(run: string): IDBKeyRange {
  return IDBKeyRange.bound([run, 0], [run, Number.POSITIVE_INFINITY]);
}
