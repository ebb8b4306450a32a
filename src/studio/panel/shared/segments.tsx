export interface SegmentsProps<Value extends string | number> {
  readonly label: string;
  readonly values: readonly (readonly [value: Value, text: string])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, side by side. */
export function Segments<Value extends string | number>({ label, values, chosen, onChoose }: SegmentsProps<Value>) {
  return (
    <fieldset className="lw-segments">
      <legend>{label}</legend>
      {values.map(([value, text]) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
