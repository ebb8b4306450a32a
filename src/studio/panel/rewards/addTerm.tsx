import { useId, useMemo, useState } from "react";
import type { LibraryEntry } from "../../client.js";
import { searchLibrary } from "./searchLibrary.js";

export interface AddTermProps {
  readonly library: readonly LibraryEntry[];
  readonly onAdd: (name: string) => void;
  readonly onClose: () => void;
}

/** The library, searched while one types; arrow keys and Enter choose. */
export function AddTerm({ library, onAdd, onClose }: AddTermProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const found = useMemo(() => searchLibrary(library, text), [library, text]);
  const active = Math.min(at, found.length - 1);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const to = Math.max(0, Math.min(found.length - 1, active + step));
      setAt(to);
      document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter" && found[active]) onAdd(found[active].name);
    if (event.key === "Escape") onClose();
  };
  return (
    <div className="lw-add">
      <input
        // biome-ignore lint/a11y/noAutofocus: whoever opens the search is about to type
        autoFocus
        type="search"
        role="combobox"
        aria-label="Search the library"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${active}` : undefined}
        placeholder="Search by name or meaning"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label="Terms of the library" className="lw-add-list">
        {found.map((entry, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
          <div
            key={entry.name}
            id={`${list}-${i}`}
            role="option"
            aria-label={entry.name}
            aria-selected={i === active}
            onPointerMove={() => setAt(i)}
            onClick={() => onAdd(entry.name)}
          >
            <b>{entry.name}</b>
            <span>{entry.summary}</span>
          </div>
        ))}
        {found.length === 0 && <p className="lw-quiet">No term of the library is like that.</p>}
      </div>
    </div>
  );
}
