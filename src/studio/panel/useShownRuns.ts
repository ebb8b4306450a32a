import { useCallback, useMemo, useState } from "react";
import type { StudioClient } from "../client.js";
import { type Comparison, type ShownRun, shownRuns, toggleRun } from "./plots/comparison.js";
import { useStore } from "./shared/useStore.js";

export interface UsedRuns {
  readonly comparison: Comparison;
  readonly shown: readonly ShownRun[];
  readonly compare: (run: string) => void;
}

/** Which runs the plots show. */
export function useShownRuns(client: StudioClient): UsedRuns {
  const [comparison, setComparison] = useState<Comparison>([]);
  const open = useStore(client, (state) => state.run);
  const ids = useStore(client, (state) => state.runs.map(({ id }) => id).join("\n"));
  const shown = useMemo(() => shownRuns(open, comparison, new Set(ids.split("\n"))), [open, comparison, ids]);
  const compare = useCallback((run: string) => setComparison((before) => toggleRun(before, run)), []);
  return { comparison, shown, compare };
}
