import type { RewardFault } from "../task/rewards/code.js";
import type { MetricRecord } from "../train/log/metrics.js";

/** A scene of the cast as the Studio lists it. */
export interface SceneSummary {
  readonly name: string;
  readonly summary: string;
  /** Names of its gaits; each is a preset of rewards. */
  readonly gaits: readonly string[];
  /** Whether a trained model comes with it. */
  readonly hasModel: boolean;
}

/** One reward term as the panel shows it. */
export interface RewardRow {
  readonly name: string;
  readonly weight: number;
  /** Switched off, a term keeps its weight for later. */
  readonly enabled: boolean;
  /** Weight in the preset; null: the preset does not have this term. */
  readonly preset: number | null;
  /** Written for this scene, one of the library, or written here. */
  readonly kind: "scene" | "library" | "code";
  /** What it measures, with its unit; empty where nobody has said. */
  readonly summary: string;
  /** TypeScript, of `code` terms only: what runs, or would if it had no fault. */
  readonly code: string | null;
  /** Why it does not run as written; the last good code goes on. */
  readonly fault: RewardFault | null;
}

/** A term that can be added. */
export interface LibraryEntry {
  readonly name: string;
  readonly summary: string;
}

export type RunStatus = "starting" | "running" | "paused" | "stopped" | "solved" | "finished" | "failed";

/** Whether a run trains, or would if it did not rest. */
export function isLive(status: RunStatus): boolean {
  return status === "starting" || status === "running" || status === "paused";
}

export interface RunSummary {
  readonly id: string;
  readonly scene: string;
  readonly gait: string | null;
  readonly trainer: string;
  readonly seed: number;
  readonly steps: number;
  readonly maxSteps: number;
  readonly status: RunStatus;
  /** Mean return of the newest episodes; null before the first. */
  readonly return: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Run that it goes on from. */
  readonly parent: string | null;
}

export interface Notice {
  readonly id: number;
  readonly kind: "info" | "warning" | "error";
  readonly text: string;
}

/** Everything that the panel shows except the curves; never changed, replaced as a whole. */
export interface StudioState {
  readonly scenes: readonly SceneSummary[];
  /** Name of the scene on the stage. */
  readonly scene: string;
  /** Preset of the rewards; null: the scene's own. */
  readonly gait: string | null;
  /** Id of the run that trains, or was the last one that did; null: none yet. */
  readonly run: string | null;
  /** All that are stored in the browser, newest first. */
  readonly runs: readonly RunSummary[];
  readonly rewards: readonly RewardRow[];
  readonly library: readonly LibraryEntry[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Where it learns and why, such as "wasm (the page found no graphics adapter)"; null before the first run. */
  readonly backend: string | null;
  readonly notices: readonly Notice[];
}

/** A file of a run's folder, by its path in it. */
export interface RunFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the panel can ask for. Methods never throw for what a user does: the state's notices say it. */
export interface StudioClient {
  readonly state: StudioState;
  /** Calls back after each change of the state. @returns ends it */
  subscribe(onChange: () => void): () => void;
  /** Records of a run, oldest first; the same array while nothing is added. */
  records(run: string): readonly MetricRecord[];
  /** Calls back after each new record of any run. @returns ends it */
  subscribeRecords(onChange: () => void): () => void;

  selectScene(name: string): void;
  /** Another preset: replaces all weights. */
  selectGait(gait: string | null): void;

  train(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** A new run that goes on from the networks of another one. */
  fork(run: string): void;
  /** Shows a stored run; `resume` goes on with it. */
  openRun(run: string): void;
  deleteRun(run: string): void;
  /** Saves a run's folder as a zip archive that the command line can go on with. */
  downloadRun(run: string): void;
  /** Takes a run's folder in, or a zip archive of one. */
  importRun(files: readonly RunFile[]): void;

  setWeight(term: string, weight: number): void;
  setEnabled(term: string, enabled: boolean): void;
  addTerm(libraryName: string): void;
  /** Adds a term to be written here, with an example as its code. */
  addCode(): void;
  applyCode(term: string, code: string): void;
  renameTerm(term: string, name: string): void;
  removeTerm(term: string): void;
  undo(): void;
  redo(): void;
  resetToPreset(): void;

  /** Checks the newest policy's ONNX file and saves it. */
  exportPolicy(): void;
  dismissNotice(id: number): void;
}
