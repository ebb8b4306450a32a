import { memo, useState } from "react";
import type { StudioClient } from "../../client.js";
import { Button } from "../shared/button.js";
import { useStore } from "../shared/useStore.js";
import { AddTerm } from "./addTerm.js";
import { rewardChange } from "./rewardChange.js";
import { RewardItem } from "./rewardItem.js";

/** All terms of the reward; what is changed here holds for the running training too. */
export const RewardSection = memo(function RewardSection({ client }: { readonly client: StudioClient }) {
  const rewards = useStore(client, (state) => state.rewards);
  const library = useStore(client, (state) => state.library);
  const run = useStore(client, (state) => state.run);
  const canUndo = useStore(client, (state) => state.canUndo);
  const canRedo = useStore(client, (state) => state.canRedo);
  const [adding, setAdding] = useState(false);
  const changes = rewards.filter((row) => rewardChange(row) !== null).length;
  return (
    <section className="lw-rewards" aria-label="Rewards">
      <div className="lw-toolbar">
        <Button
          name="Add a term"
          title="Add a term of the library"
          icon="plus"
          pressed={adding}
          onPress={() => setAdding(!adding)}
        />
        <Button
          name="Write a term"
          title="Add a term of your own, in TypeScript"
          icon="code"
          onPress={() => client.addCode()}
        />
        <span className="lw-space" />
        <Button name="Undo" icon="undo" bare shortcut="Ctrl+Z" disabled={!canUndo} onPress={() => client.undo()} />
        <Button
          name="Redo"
          icon="redo"
          bare
          shortcut="Ctrl+Shift+Z"
          disabled={!canRedo}
          onPress={() => client.redo()}
        />
      </div>
      {adding && (
        <AddTerm
          library={library}
          onClose={() => setAdding(false)}
          onAdd={(name) => {
            client.addTerm(name);
            setAdding(false);
          }}
        />
      )}
      <ul className="lw-list">
        {rewards.map((row, i) => (
          <RewardItem key={row.name} client={client} row={row} run={run} colour={i} />
        ))}
      </ul>
      <p className="lw-changes">
        <span>
          {changes === 0
            ? "As in the preset."
            : `${changes} ${changes === 1 ? "term differs" : "terms differ"} from the preset.`}
        </span>
        {changes > 0 && (
          <Button
            name="Back to the preset"
            title="Undo brings the present weights back"
            icon="reset"
            onPress={() => client.resetToPreset()}
          />
        )}
      </p>
    </section>
  );
});
