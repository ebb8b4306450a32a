import type { RunStatus, RunSummary, StudioState } from "../../client.js";

/** The run that trains, or was the last one that did. */
export function currentRun(state: StudioState): RunSummary | null {
  return state.runs.find((run) => run.id === state.run) ?? null;
}

/** Whether it has a training that can be paused or stopped. */
export function isActive(status: RunStatus): boolean {
  return status === "starting" || status === "running" || status === "paused";
}

/** What to call a run where there is room for a few words only. */
export function runName(run: RunSummary): string {
  return [run.scene, run.gait, `#${run.seed}`].filter((part) => part !== null).join(" ");
}
