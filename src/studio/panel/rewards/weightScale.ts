/** The slider's middle is the reference weight; its end is this many times as much. */
const MOST = 5;
const POWER = Math.log2(MOST);
/** So near to the middle, it is meant. */
const SNAP = 0.008;

/** Where a weight is on its slider, 0 … 1: finer towards zero, which is at one end; the reference is in the middle. */
export function toPosition(weight: number, reference: number): number {
  const share = weight / reference;
  if (!(share > 0)) return 0;
  return Math.min(1, share ** (1 / POWER) / 2);
}

/** The weight at a place of the slider, rounded to what can be read; it has the sign of the reference. */
export function toWeight(position: number, reference: number): number {
  if (position <= 0) return 0;
  if (Math.abs(position - 0.5) < SNAP) return reference;
  return roundWeight(reference * (2 * position) ** POWER);
}

/**
 * What the slider's middle stands for: the preset, else the first weight that was seen. It takes the sign of the
 * present weight, which the slider keeps.
 */
export function referenceWeight(weight: number, preset: number | null, first: number): number {
  const reference = preset || first || 1;
  return weight === 0 ? reference : Math.sign(weight) * Math.abs(reference);
}

/** What somebody has typed; null: not a finite number. */
export function parseWeight(text: string): number | null {
  const value = Number(text.trim().replace("−", "-").replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}

export function roundWeight(weight: number): number {
  return Number(weight.toPrecision(weight !== 0 && Math.abs(weight) >= 1 ? 3 : 2));
}
