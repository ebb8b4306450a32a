/** The colours of the panel for what is drawn on a canvas. */
export interface Palette {
  readonly series: readonly string[];
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: 8 }, (_, i) => read(`--series-${i}`)),
    text: read("--text"),
    quiet: read("--quiet"),
    grid: read("--grid"),
  };
}
