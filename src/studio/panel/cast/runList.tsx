import { memo } from "react";
import type { StudioClient } from "../../client.js";
import type { Comparison } from "../plots/comparison.js";
import { useStore } from "../shared/useStore.js";
import { OpenFiles } from "./openFiles.js";
import { RunItem } from "./runItem.js";

export interface RunListProps {
  readonly client: StudioClient;
  readonly comparison: Comparison;
  readonly onCompare: (run: string) => void;
}

/** All runs that the browser keeps. */
export const RunList = memo(function RunList({ client, comparison, onCompare }: RunListProps) {
  const runs = useStore(client, (state) => state.runs);
  const open = useStore(client, (state) => state.run);
  return (
    <section className="lw-runs" aria-label="Runs">
      <h2>Runs</h2>
      {runs.length === 0 && <p className="lw-empty">Each training is kept here, in this browser.</p>}
      <ul className="lw-list">
        {runs.map((run) => {
          const place = comparison.indexOf(run.id);
          return (
            <RunItem
              key={run.id}
              client={client}
              run={run}
              open={run.id === open}
              colour={run.id === open ? 0 : place < 0 ? null : place + 1}
              onCompare={onCompare}
            />
          );
        })}
      </ul>
      <OpenFiles client={client} />
    </section>
  );
});
