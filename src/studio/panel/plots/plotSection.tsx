import { memo } from "react";
import type { StudioClient } from "../../client.js";
import { useRecordPulse } from "../records/recordPulse.js";
import { tableOf } from "../records/runTable.js";
import { useStore } from "../shared/useStore.js";
import { measureCharts, TRAINING_CHARTS, termCharts } from "./charts.js";
import type { ShownRun } from "./comparison.js";
import { PlotPane } from "./plotPane.js";

export interface RunPlotsProps {
  readonly client: StudioClient;
  readonly runs: readonly ShownRun[];
}

/** How the training goes: the open run, and those beside it. */
export const PlotSection = memo(function PlotSection({ client, runs }: RunPlotsProps) {
  const rewards = useStore(client, (state) => state.rewards);
  const terms = termCharts(
    rewards.map(({ name }) => name),
    useRecentTags(client, runs),
  );
  return (
    <section aria-label="Plots">
      {runs.length === 0 && <p className="lw-empty">Press Train, or open a run, to see its curves.</p>}
      <PlotPane
        client={client}
        runs={runs}
        groups={[
          { title: "", charts: TRAINING_CHARTS },
          { title: "Reward terms", charts: terms },
        ]}
      />
    </section>
  );
});

/** What the task measures in its episodes: how the character moves, whatever it is rewarded for. */
export const GaitSection = memo(function GaitSection({ client, runs }: RunPlotsProps) {
  const charts = measureCharts(useRecentTags(client, runs));
  return (
    <section aria-label="Gait">
      {charts.length === 0 ? (
        <p className="lw-empty">Measures of the gait appear here when the first episodes of a run have ended.</p>
      ) : (
        <PlotPane client={client} runs={runs} groups={[{ title: "", charts }]} />
      )}
    </section>
  );
});

function useRecentTags(client: StudioClient, runs: readonly ShownRun[]): string[] {
  useRecordPulse(client);
  return runs.flatMap(({ id }) => tableOf(client, id).recentTags());
}
