import { memo } from "react";
import type { StudioClient } from "../../client.js";
import { inWords } from "../shared/format.js";
import { useStore } from "../shared/useStore.js";

/** All scenes to choose from, and the gaits of the chosen one. */
export const CastList = memo(function CastList({ client }: { readonly client: StudioClient }) {
  const scenes = useStore(client, (state) => state.scenes);
  const chosen = useStore(client, (state) => state.scene);
  return (
    <section className="lw-cast" aria-label="Cast">
      <h2>Cast</h2>
      <ul className="lw-list">
        {scenes.map(({ name, summary, hasModel }) => (
          <li key={name} data-chosen={name === chosen ? "" : undefined}>
            <button
              type="button"
              className="lw-scene"
              aria-label={name}
              aria-pressed={name === chosen}
              title={summary}
              onClick={() => client.selectScene(name)}
            >
              {name}
              {hasModel && <small>trained</small>}
            </button>
            {name === chosen && (
              <div className="lw-scene-more">
                <p>{summary}</p>
                <GaitPicker client={client} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
});

const OWN = "";

function GaitPicker({ client }: { readonly client: StudioClient }) {
  const gait = useStore(client, (state) => state.gait);
  const gaits = useStore(client, (state) => state.scenes.find(({ name }) => name === state.scene)?.gaits);
  if (!gaits || gaits.length === 0) return null;
  return (
    <label className="lw-field">
      Gait
      <select
        value={gait ?? OWN}
        title="A preset of rewards; it replaces all weights"
        onChange={(event) => client.selectGait(event.target.value === OWN ? null : event.target.value)}
      >
        <option value={OWN}>as the scene has it</option>
        {gaits.map((name) => (
          <option key={name} value={name}>
            {inWords(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
