import { memo, useState } from "react";
import type { RunSummary, StudioClient } from "../../client.js";
import { isLive } from "../../client.js";
import { Button } from "../shared/button.js";
import { runName } from "../shared/currentRun.js";
import { formatAge, formatCount, formatFigure } from "../shared/format.js";

export interface RunItemProps {
  readonly client: StudioClient;
  readonly run: RunSummary;
  readonly open: boolean;
  /** Number of its colour in the plots; null: not in them. */
  readonly colour: number | null;
  readonly onCompare: (run: string) => void;
}

/** A stored run and what can be done with it. */
export const RunItem = memo(function RunItem({ client, run, open, colour, onCompare }: RunItemProps) {
  const [asking, setAsking] = useState(false);
  const name = runName(run);
  const started = new Date(run.startedAt);
  const title = [
    `${run.trainer.toUpperCase()}, seed ${run.seed}, started ${started.toLocaleString("en-GB")}`,
    run.parent === null ? "" : "goes on from another run",
  ];
  return (
    <li className="lw-run" data-chosen={open ? "" : undefined}>
      <input
        type="checkbox"
        className="lw-compare"
        aria-label={`Show ${name} in the plots`}
        title={open ? "The open run is always in the plots" : "Show it in the plots too"}
        data-series={colour === null ? undefined : colour % 8}
        checked={colour !== null}
        disabled={open}
        onChange={() => onCompare(run.id)}
      />
      <div className="lw-run-text" title={title.filter(Boolean).join("; ")}>
        <p>
          <b>{name}</b>
          <span className="lw-quiet">{formatAge(Date.now() - run.startedAt)}</span>
        </p>
        <p className="lw-quiet">
          <span className="lw-status" data-status={run.status}>
            {run.status}
          </span>
          <span title={`${run.steps.toLocaleString("en")} steps, mean return of the newest episodes`}>
            {formatCount(run.steps)}
            {run.return !== null && ` · return ${formatFigure(run.return)}`}
          </span>
        </p>
      </div>
      {asking ? (
        <div className="lw-run-tools lw-asking">
          <span>Delete for good?</span>
          <Button name="Delete" look="danger" onPress={() => client.deleteRun(run.id)} />
          <Button name="Keep" onPress={() => setAsking(false)} />
        </div>
      ) : (
        <div className="lw-run-tools">
          {!open && (
            <Button
              name={`Open ${name}`}
              title="Show this run"
              icon="open"
              bare
              onPress={() => client.openRun(run.id)}
            />
          )}
          {open && !isLive(run.status) && (
            <Button name="Resume run" title="Go on with this run" icon="play" onPress={() => client.resume()}>
              Resume
            </Button>
          )}
          <Button
            name={`Fork ${name}`}
            title="Fork from here: a new run that goes on from its networks"
            icon="fork"
            bare
            onPress={() => client.fork(run.id)}
          />
          <Button
            name={`Download ${name}`}
            title="Download it; the command line can go on with it"
            icon="download"
            bare
            onPress={() => client.downloadRun(run.id)}
          />
          <Button
            name={`Delete ${name}`}
            title={isLive(run.status) ? "Stop it before you delete it" : "Delete it"}
            icon="trash"
            bare
            disabled={isLive(run.status)}
            onPress={() => setAsking(true)}
          />
        </div>
      )}
    </li>
  );
});
