import type { Random } from "../random.js";

/** How a parameter is drawn for each episode; the kinds of ML-Agents' samplers. */
export type Sampler =
  | { readonly kind: "uniform"; readonly min: number; readonly max: number }
  | { readonly kind: "gaussian"; readonly mean: number; readonly std: number }
  /** One of several intervals, by their lengths, and uniformly inside of it. */
  | { readonly kind: "multirange"; readonly intervals: readonly (readonly [low: number, high: number])[] };

/** A constant, or where to draw from. */
export type ParameterSource = number | Sampler;

/** One value of a parameter. */
export function draw(source: ParameterSource, random: Random): number {
  if (typeof source === "number") return source;
  switch (source.kind) {
    case "uniform":
      return random.uniform(source.min, source.max);
    case "gaussian":
      return source.mean + source.std * random.normal();
    case "multirange": {
      const total = source.intervals.reduce((sum, [low, high]) => sum + high - low, 0);
      let at = random.uniform(0, total);
      for (const [low, high] of source.intervals) {
        if (at < high - low) return low + at;
        at -= high - low;
      }
      return source.intervals.at(-1)![1];
    }
  }
}

/** The middle of what can be drawn: what a parameter is where nothing is drawn. */
function middle(source: ParameterSource): number {
  if (typeof source === "number") return source;
  switch (source.kind) {
    case "uniform":
      return (source.min + source.max) / 2;
    case "gaussian":
      return source.mean;
    case "multirange":
      return (source.intervals[0]![0] + source.intervals.at(-1)![1]) / 2;
  }
}

/**
 * Numbers that shape a task from outside: set by a trainer's configuration, by `--set`, or by the game. An academy has
 * those that hold for all its agents; an agent with a task has its own values, drawn anew for each episode.
 */
export class EnvironmentParameters {
  private readonly sources = new Map<string, ParameterSource>();
  private readonly values = new Map<string, number>();

  constructor(sources: Readonly<Record<string, ParameterSource>> = {}) {
    for (const [name, source] of Object.entries(sources)) this.set(name, source);
  }

  /** The parameter's value, or `fallback` when nobody has set it. */
  getWithDefault(name: string, fallback: number): number {
    return this.values.get(name) ?? fallback;
  }

  /** From the next draw on, that is the next episode, where the source is a sampler. */
  set(name: string, source: ParameterSource): void {
    this.sources.set(name, source);
    this.values.set(name, middle(source));
  }

  keys(): string[] {
    return [...this.sources.keys()];
  }

  /** Takes over the sources of others and draws every value. */
  drawFrom(others: EnvironmentParameters, random: Random): void {
    for (const [name, source] of others.sources) {
      this.sources.set(name, source);
      this.values.set(name, draw(source, random));
    }
  }

  /** Draws one value anew. */
  redraw(name: string, random: Random): void {
    const source = this.sources.get(name);
    if (source !== undefined) this.values.set(name, draw(source, random));
  }
}
