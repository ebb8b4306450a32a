import { lazy, memo, Suspense, useState } from "react";
import { REWARD_TAG_PREFIX } from "../../../train/log/metrics.js";
import type { RewardRow, StudioClient } from "../../client.js";
import { Band } from "../records/band.js";
import { Button } from "../shared/button.js";
import { rewardChange, sameRow, signed } from "./rewardChange.js";
import { WeightField } from "./weightField.js";
import { WeightSlider } from "./weightSlider.js";

const CodePane = lazy(() => import("../editor/codePane.js"));

export interface RewardItemProps {
  readonly client: StudioClient;
  readonly row: RewardRow;
  readonly run: string | null;
  readonly colour: number;
}

/** One term of the reward: what it is, how much it counts, and what it has given lately. */
export const RewardItem = memo(
  function RewardItem({ client, row, run, colour }: RewardItemProps) {
    const { name, weight, enabled, preset, kind, summary, fault } = row;
    // What somebody has just written is what they want to see.
    const [open, setOpen] = useState(kind === "code");
    const change = rewardChange(row);
    return (
      <li className="lw-reward" data-off={enabled ? undefined : ""} data-fault={fault ? "" : undefined}>
        <div className="lw-reward-head">
          <input
            type="checkbox"
            aria-label={`Use ${name}`}
            title={enabled ? "Switch it off; its weight is kept" : "Switch it on"}
            checked={enabled}
            onChange={(event) => client.setEnabled(name, event.target.checked)}
          />
          <span className="lw-reward-name" title={summary || name}>
            {name}
          </span>
          {change !== null && <Change text={change} row={row} client={client} />}
          <span className="lw-reward-tools">
            {kind === "code" && (
              <Button
                name={`Code of ${name}`}
                title={open ? "Hide the code" : "Show the code"}
                icon="code"
                bare
                pressed={open}
                onPress={() => setOpen(!open)}
              />
            )}
            {kind !== "scene" && (
              <Button
                name={`Remove ${name}`}
                title="Remove this term; Undo brings it back"
                icon="trash"
                bare
                onPress={() => client.removeTerm(name)}
              />
            )}
          </span>
        </div>
        <div className="lw-reward-body">
          <WeightSlider key={name} client={client} term={name} weight={weight} preset={preset} />
          <WeightField term={name} weight={weight} onSet={(value) => client.setWeight(name, value)} />
          <Band
            client={client}
            run={run}
            tag={`${REWARD_TAG_PREFIX}${name}`}
            colour={colour}
            label={`What ${name} has given lately`}
          />
        </div>
        {fault && !open && (
          <p className="lw-fault" role="status">
            {fault.message}
          </p>
        )}
        {kind === "code" && open && (
          <Suspense fallback={<p className="lw-quiet">Loading the editor…</p>}>
            <CodePane client={client} row={row} />
          </Suspense>
        )}
      </li>
    );
  },
  (a, b) => a.client === b.client && a.run === b.run && a.colour === b.colour && sameRow(a.row, b.row),
);

/** Badge that says what is different from the preset, and undoes it. */
function Change({ text, row, client }: { text: string; row: RewardRow; client: StudioClient }) {
  const { name, preset, weight, enabled } = row;
  if (preset === null) return <span className="lw-change">{text}</span>;
  const undo = () => {
    if (weight !== preset) client.setWeight(name, preset);
    if (!enabled) client.setEnabled(name, true);
  };
  return (
    <button
      type="button"
      className="lw-change"
      title={`Back to the preset: ${signed(preset)}`}
      aria-label={`${text}: put ${name} back to ${signed(preset)}`}
      onClick={undo}
    >
      {text}
    </button>
  );
}
