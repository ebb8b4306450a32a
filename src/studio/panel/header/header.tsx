import { memo } from "react";
import { TAGS } from "../../../train/log/metrics.js";
import type { StudioClient } from "../../client.js";
import { isLive } from "../../client.js";
import { TourTip } from "../guide/tourTip.js";
import { useRecordPulse } from "../records/recordPulse.js";
import { tableOf } from "../records/runTable.js";
import { Button } from "../shared/button.js";
import { currentRun } from "../shared/currentRun.js";
import { formatCount, formatFigure, inWords } from "../shared/format.js";
import type { Theme } from "../shared/theme.js";
import { useStore } from "../shared/useStore.js";
import { TrainButtons } from "./trainButtons.js";

export interface HeaderProps {
  readonly client: StudioClient;
  readonly theme: Theme;
  readonly onToggleTheme: () => void;
  readonly onHelp: () => void;
}

/** What is trained, the buttons for it, and how far it is. */
export const Header = memo(function Header({ client, theme, onToggleTheme, onHelp }: HeaderProps) {
  const scene = useStore(client, (state) => state.scene);
  const gait = useStore(client, (state) => state.gait);
  return (
    <header className="lw-header">
      <div className="lw-title">
        <h1>{scene}</h1>
        <p>{gait === null ? "Legwork Studio" : inWords(gait)}</p>
      </div>
      <div className="lw-train">
        <TrainButtons client={client} />
        <TourTip step={2} />
      </div>
      <RunFigures client={client} />
      <div className="lw-header-end">
        <Backend client={client} />
        <Button
          name={theme === "dark" ? "Light theme" : "Dark theme"}
          icon={theme === "dark" ? "sun" : "moon"}
          bare
          onPress={onToggleTheme}
        />
        <Button name="Help" title="Keys and first steps" shortcut="?" onPress={onHelp}>
          ?
        </Button>
      </div>
    </header>
  );
});

function RunFigures({ client }: { readonly client: StudioClient }) {
  const run = useStore(client, currentRun);
  useRecordPulse(client);
  if (!run) return <p className="lw-figures lw-quiet">No run yet</p>;
  const rate = run.status === "running" ? tableOf(client, run.id).newest(TAGS.stepsPerSecond) : null;
  return (
    <div className="lw-figures">
      <dl>
        <div>
          <dt>steps</dt>
          <dd>
            {formatCount(run.steps)} <small>/ {formatCount(run.maxSteps)}</small>
          </dd>
        </div>
        <div>
          <dt>return</dt>
          <dd>{run.return === null ? "–" : formatFigure(run.return)}</dd>
        </div>
        <div>
          <dt>steps/s</dt>
          <dd>{rate === null ? "–" : formatCount(rate)}</dd>
        </div>
        <div>
          <dt>run</dt>
          <dd className="lw-status" data-status={run.status}>
            {run.status}
          </dd>
        </div>
      </dl>
      <progress
        aria-label="Steps of the run"
        max={run.maxSteps}
        value={Math.min(run.steps, run.maxSteps)}
        data-active={isLive(run.status) ? "" : undefined}
      />
    </div>
  );
}

/** Such as "wasm (why not the graphics card)": the short word is always shown, the reason where there is room. */
function Backend({ client }: { readonly client: StudioClient }) {
  const backend = useStore(client, (state) => state.backend);
  if (backend === null) return null;
  const [, word, reason] = /^(\S+)\s*\(?(.*?)\)?$/.exec(backend) ?? [null, backend, ""];
  return (
    <p className="lw-backend" title={`The networks learn on ${backend}`}>
      <b>{word}</b> <span>{reason}</span>
    </p>
  );
}
