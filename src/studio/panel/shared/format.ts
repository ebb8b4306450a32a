const counts = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** 1234567 as `1.23M`. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** A figure of four digits, however large or small. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e5) return counts.format(value);
  return size > 0 && size < 1e-3 ? String(Number(value.toExponential(2))) : String(Number(value.toPrecision(4)));
}

/** A return, a weight: as short as it can be read at a glance. */
export function formatFigure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** How long ago, in one unit: `now`, `5 min`, `3 h`, `2 d`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** `forwardSpeed` as `forward speed`. */
export function inWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
}
