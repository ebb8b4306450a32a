import { useCallback, useEffect, useMemo, useState } from "react";
import type { StudioClient } from "../../client.js";
import { throttle } from "../../throttle.js";
import { signed } from "./rewardChange.js";
import { referenceWeight, toPosition, toWeight } from "./weightScale.js";

export interface WeightSliderProps {
  readonly client: StudioClient;
  readonly term: string;
  readonly weight: number;
  readonly preset: number | null;
}

/** Drags a weight. While it moves, the client hears of it ten times a second at most. */
export function WeightSlider({ client, term, weight, preset }: WeightSliderProps) {
  const [first] = useState(weight);
  const [drag, setDrag] = useState<{ position: number; reference: number } | null>(null);
  const send = useMemo(() => throttle(100, (value: number) => client.setWeight(term, value)), [client, term]);
  // Nothing that was dragged is lost when the row goes.
  useEffect(() => () => send.flush(), [send]);

  const reference = drag?.reference ?? referenceWeight(weight, preset, first);
  const position = drag?.position ?? toPosition(weight, reference);
  const end = useCallback(() => {
    send.flush();
    setDrag(null);
  }, [send]);
  // Keys and screen readers do not say when they are done.
  useEffect(() => {
    if (!drag) return;
    const timer = setTimeout(end, 300);
    return () => clearTimeout(timer);
  }, [drag, end]);
  return (
    <input
      type="range"
      className="lw-slider"
      aria-label={`Weight of ${term}`}
      aria-valuetext={signed(drag ? toWeight(position, reference) : weight)}
      title={
        preset === null ? "Drag to change the weight" : `Drag to change the weight; the middle is ${signed(preset)}`
      }
      min={0}
      max={1}
      step={0.005}
      value={position}
      style={{ "--filled": position } as React.CSSProperties}
      onChange={(event) => {
        const to = event.target.valueAsNumber;
        setDrag({ position: to, reference });
        send(toWeight(to, reference));
      }}
      onPointerUp={end}
      onBlur={end}
    />
  );
}
