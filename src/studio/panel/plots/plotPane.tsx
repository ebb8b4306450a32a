import { Fragment, useState } from "react";
import type { StudioClient } from "../../client.js";
import { Button } from "../shared/button.js";
import { runName } from "../shared/currentRun.js";
import { Segments } from "../shared/segments.js";
import { useStore } from "../shared/useStore.js";
import type { Chart } from "./charts.js";
import type { ShownRun } from "./comparison.js";
import { Plot } from "./plot.js";
import type { Horizontal } from "./plotBoard.js";
import { usePlotBoard } from "./usePlotBoard.js";

export interface ChartGroup {
  /** Heading; empty: none. */
  readonly title: string;
  readonly charts: readonly Chart[];
}

export interface PlotPaneProps {
  readonly client: StudioClient;
  readonly runs: readonly ShownRun[];
  readonly groups: readonly ChartGroup[];
}

const AXES = [
  ["steps", "Steps"],
  ["seconds", "Time"],
] as const;

/** Charts with a common axis, zoom and cursor. */
export function PlotPane({ client, runs, groups }: PlotPaneProps) {
  const [over, setOver] = useState<Horizontal>("steps");
  const { board, zoomed } = usePlotBoard(client, runs, over);
  return (
    <>
      <div className="lw-toolbar">
        <Segments label="Horizontal axis" values={AXES} chosen={over} onChoose={setOver} />
        <span className="lw-space" />
        {zoomed ? (
          <Button name="Show all" title="Or double-click a plot" icon="reset" onPress={() => board.setZoom(null)} />
        ) : (
          <span className="lw-quiet">drag to zoom</span>
        )}
      </div>
      <Legend client={client} runs={runs} />
      {groups.map(({ title, charts }) => (
        <Fragment key={title}>
          {title && <h3>{title}</h3>}
          <div className="lw-plot-grid">
            {charts.map((chart) => (
              <Plot key={chart.tag} board={board} title={chart.title} tag={chart.tag} />
            ))}
          </div>
        </Fragment>
      ))}
    </>
  );
}

function Legend({ client, runs }: Omit<PlotPaneProps, "groups">) {
  const known = useStore(client, (state) => state.runs);
  if (runs.length < 2) return null;
  return (
    <ul className="lw-legend">
      {runs.map(({ id, colour }) => {
        const run = known.find((other) => other.id === id);
        return (
          <li key={id}>
            <i className="lw-swatch" data-series={colour % 8} />
            {run ? runName(run) : id}
          </li>
        );
      })}
    </ul>
  );
}
