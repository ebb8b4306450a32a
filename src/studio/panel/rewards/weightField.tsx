import { useState } from "react";
import { signed } from "./rewardChange.js";
import { parseWeight } from "./weightScale.js";

export interface WeightFieldProps {
  readonly term: string;
  readonly weight: number;
  readonly onSet: (weight: number) => void;
}

/** Takes any finite weight; Enter or leaving the field sets it, Escape takes it back. */
export function WeightField({ term, weight, onSet }: WeightFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const wrong = text !== null && parseWeight(text) === null;
  const take = () => {
    const value = text === null ? null : parseWeight(text);
    if (value !== null && value !== weight) onSet(value);
    setText(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      className="lw-number"
      aria-label={`Number for ${term}`}
      aria-invalid={wrong}
      title="Weight; any number"
      value={text ?? signed(weight)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape") setText(null);
      }}
    />
  );
}
