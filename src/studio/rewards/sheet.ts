import type { BodySpec } from "../../body/spec.js";
import { type RewardSetting, type RewardSettings, resolveRewards } from "../../task/resolve.js";
import type { RewardFault } from "../../task/rewards/code.js";
import { type LibraryTermName, rewardLibrary } from "../../task/rewards/library.js";
import type { TaskDefinition } from "../../task/task.js";
import type { RewardRow } from "../client.js";

/** A row of the sheet, with what the panel does not see. */
export interface SheetRow extends RewardRow {
  /** Library term and options of a row that has its own; null: as the task has it. */
  readonly options: Exclude<RewardSetting, number> | null;
  /** JavaScript of a `code` row that runs; null before the first that does. */
  readonly js: string | null;
  /** What ran before that. */
  readonly jsBefore: string | null;
}

/** Edits of one weight that follow each other within this time are one. */
const MERGE_MILLISECONDS = 1000;

/** The rewards of a run as somebody edits them, with everything that was before. Rows are replaced, never changed. */
export class RewardSheet {
  rows: readonly SheetRow[];
  private readonly preset: readonly SheetRow[];
  private past: (readonly SheetRow[])[] = [];
  private future: (readonly SheetRow[])[] = [];
  private merging: { readonly key: string; readonly until: number } | null = null;

  /** @param settings what the preset says beside the task */
  constructor(task: TaskDefinition, body: BodySpec, settings: RewardSettings) {
    this.preset = resolveRewards(task, body, settings).map(({ name, weight }) => {
      const setting = settings[name];
      const options = typeof setting === "object" ? setting : null;
      const ofTask = Object.hasOwn(task.rewards, name);
      return {
        name,
        weight,
        enabled: weight !== 0,
        preset: weight,
        kind: ofTask ? "scene" : "library",
        summary: summaryOf(options && "term" in options ? String(options.term) : name),
        code: null,
        fault: null,
        options,
        js: null,
        jsBefore: null,
      };
    });
    this.rows = this.preset;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** What workers are to be told; what the rows do not have, a task's terms aside, is not in it. */
  settings(): RewardSettings {
    return settingsOf(this.rows);
  }

  setWeight(name: string, weight: number, now = Date.now()): void {
    const key = `weight ${name}`;
    const merges = this.merging?.key === key && now < this.merging.until;
    this.merging = { key, until: now + MERGE_MILLISECONDS };
    const rows = this.replaced(name, { weight });
    if (merges) this.rows = rows;
    else this.commit(rows, true);
  }

  setEnabled(name: string, enabled: boolean): void {
    this.commit(this.replaced(name, { enabled }));
  }

  /** Adds a term of the library, with weight 0 at first: what it does begins with its slider. */
  addTerm(libraryName: string): string {
    const name = this.freeName(libraryName);
    const options = name === libraryName ? null : { weight: 0, term: libraryName };
    const summary = summaryOf(libraryName);
    const row = {
      name,
      weight: 0,
      enabled: true,
      preset: null,
      kind: "library",
      summary,
      code: null,
      fault: null,
    } as const;
    this.commit([...this.rows, { ...row, options, js: null, jsBefore: null }]);
    return name;
  }

  addCode(code: string): string {
    const name = this.freeName("my-term");
    const row = { name, weight: 1, enabled: true, preset: null, kind: "code", summary: "", code, fault: null } as const;
    this.commit([...this.rows, { ...row, options: null, js: null, jsBefore: null }]);
    return name;
  }

  /** Code that has passed its trial. */
  accept(name: string, code: string, js: string): void {
    const jsBefore = this.rows.find((row) => row.name === name)?.js ?? null;
    this.commit(this.replaced(name, { code, js, jsBefore, fault: null }));
  }

  /** Code that has not: what ran before goes on. */
  refuse(name: string, code: string, fault: RewardFault): void {
    this.rows = this.replaced(name, { code, fault });
  }

  /** A term failed in training: what ran before goes on, if there was anything. */
  fail(fault: RewardFault): void {
    const row = this.rows.find(({ name }) => name === fault.term);
    this.rows = this.replaced(fault.term, { fault, js: row?.jsBefore ?? null, jsBefore: null });
  }

  rename(name: string, other: string): void {
    const wanted = other.trim();
    if (wanted === "" || wanted === name) return;
    this.commit(this.replaced(name, { name: this.freeName(wanted) }));
  }

  remove(name: string): void {
    this.commit(this.rows.filter((row) => row.name !== name));
  }

  reset(): void {
    this.commit(this.preset);
  }

  undo(): void {
    this.travel(this.past, this.future);
  }

  redo(): void {
    this.travel(this.future, this.past);
  }

  /** Goes on with rows that were stored. */
  restore(rows: readonly SheetRow[]): void {
    this.commit(rows);
  }

  private travel(from: (readonly SheetRow[])[], to: (readonly SheetRow[])[]): void {
    const rows = from.pop();
    if (!rows) return;
    to.push(this.rows);
    this.rows = rows;
    this.merging = null;
  }

  private commit(rows: readonly SheetRow[], merging = false): void {
    this.past.push(this.rows);
    this.future = [];
    this.rows = rows;
    if (!merging) this.merging = null;
  }

  private replaced(name: string, changes: Partial<SheetRow>): readonly SheetRow[] {
    return this.rows.map((row) => (row.name === name ? { ...row, ...changes } : row));
  }

  private freeName(wanted: string): string {
    const taken = new Set(this.rows.map(({ name }) => name));
    for (let i = 2, name = wanted; ; name = `${wanted}-${i++}`) if (!taken.has(name)) return name;
  }
}

/** The rows as workers and trainer files have them. */
export function settingsOf(rows: readonly SheetRow[]): RewardSettings {
  const entries = rows.flatMap(({ name, weight, enabled, options, kind, js }): [string, RewardSetting][] => {
    const effective = enabled ? weight : 0;
    if (kind === "code") return js === null ? [] : [[name, { weight: effective, code: js }]];
    if (options) return [[name, { ...options, weight: effective }]];
    return [[name, effective]];
  });
  return Object.fromEntries(entries);
}

function summaryOf(name: string): string {
  if (!Object.hasOwn(rewardLibrary, name)) return "";
  const { summary, unit } = rewardLibrary[name as LibraryTermName];
  return unit ? `${summary} (${unit})` : summary;
}
