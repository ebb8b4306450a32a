import type { MetricRecord } from "../../../train/log/metrics.js";
import type { StudioClient } from "../../client.js";

interface Column {
  values: Float64Array;
  filled: number;
  readonly read: (record: MetricRecord) => number | undefined;
}

/** The records of a run by column. A column is made when it is first asked for, and then only grows. */
export class RunTable {
  private readonly columns = new Map<string, Column>();
  private first: MetricRecord | undefined;
  private last: MetricRecord | undefined;
  private length = 0;

  constructor(private readonly read: () => readonly MetricRecord[]) {}

  get steps(): Float64Array {
    return this.column("step", (record) => record.step);
  }

  get seconds(): Float64Array {
    return this.column("wallSeconds", (record) => record.wallSeconds);
  }

  /** The values of a tag, one per record; NaN where a record has none. */
  tag(tag: string): Float64Array {
    return this.column(`values ${tag}`, (record) => record.values[tag]);
  }

  /** The newest value of a tag; null where there is none. */
  newest(tag: string): number | null {
    const values = this.tag(tag);
    for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i])) return values[i]!;
    return null;
  }

  /** All tags of the newest records; some have a value now and then only. */
  recentTags(): string[] {
    const tags = new Set<string>();
    for (const { values } of this.read().slice(-20)) for (const tag in values) tags.add(tag);
    return [...tags];
  }

  private column(key: string, read: Column["read"]): Float64Array {
    const records = this.read();
    this.forgetIfReplaced(records);
    let column = this.columns.get(key);
    if (!column) {
      column = { values: new Float64Array(Math.max(64, records.length)), filled: 0, read };
      this.columns.set(key, column);
    }
    if (column.values.length < records.length) {
      const larger = new Float64Array(records.length * 2);
      larger.set(column.values);
      column.values = larger;
    }
    for (; column.filled < records.length; column.filled++) {
      column.values[column.filled] = column.read(records[column.filled]!) ?? Number.NaN;
    }
    return column.values.subarray(0, records.length);
  }

  /** A run that goes on from an older checkpoint loses its newest records. */
  private forgetIfReplaced(records: readonly MetricRecord[]): void {
    if (records[0] !== this.first || records[this.length - 1] !== this.last) this.columns.clear();
    this.first = records[0];
    this.last = records.at(-1);
    this.length = records.length;
  }
}

const tables = new WeakMap<StudioClient, Map<string, RunTable>>();

/** The one table of a run, shared by all who draw from it. */
export function tableOf(client: StudioClient, run: string): RunTable {
  let ofClient = tables.get(client);
  if (!ofClient) {
    ofClient = new Map();
    tables.set(client, ofClient);
  }
  let table = ofClient.get(run);
  if (!table) {
    table = new RunTable(() => client.records(run));
    ofClient.set(run, table);
  }
  return table;
}
