import type { RunSummary, StudioState } from "../../client.js";

/** The run that trains, or was the last one that did. */
export function currentRun(state: StudioState): RunSummary | null {
  return state.runs.find((run) => run.id === state.run) ?? null;
}

/** What to call a run where there is room for a few words only. */
export function runName(run: RunSummary): string {
  return [run.scene, run.gait, `#${run.seed}`].filter((part) => part !== null).join(" ");
}
