import { aggregate } from "./statistics.js";

/** One run of a comparison, finished. */
export interface ComparedRun {
  readonly trainer: string;
  readonly seed: number;
  readonly steps: number;
  /** What was asked for. */
  readonly maxSteps: number;
  /** Of training. */
  readonly wallSeconds: number;
  /** Of the deterministic policy at the end. */
  readonly return: number;
  readonly survivedFraction: number;
  /** m/s */
  readonly forwardSpeed: number;
}

const COLUMNS = ["trainer", "seed", "steps", "wallSeconds", "return", "survivedFraction", "forwardSpeed"] as const;

/** One line for each run, with a header. */
export function runsCsv(runs: readonly ComparedRun[]): string {
  const lines = runs.map((run) => COLUMNS.map((column) => run[column]).join(","));
  return `${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

/** What the comparison says, the best trainer first, in Markdown. */
export function comparisonTable(runs: readonly ComparedRun[]): string {
  const rows = [...new Set(runs.map(({ trainer }) => trainer))].map((trainer) => {
    const own = runs.filter((run) => run.trainer === trainer);
    const of = (key: "return" | "survivedFraction" | "forwardSpeed" | "wallSeconds") =>
      own.reduce((sum, run) => sum + run[key], 0) / own.length;
    return { trainer, seeds: own.length, returns: aggregate(own.map((run) => run.return)), of };
  });
  rows.sort((a, b) => b.returns.iqm - a.returns.iqm);
  const lines = rows.map(({ trainer, seeds, returns, of }) => {
    const [low, high] = returns.interval.map((value) => value.toFixed(1));
    const cells = [
      trainer,
      String(seeds),
      returns.mean.toFixed(1),
      returns.iqm.toFixed(1),
      `${low} … ${high}`,
      `${(100 * of("survivedFraction")).toFixed(0)} %`,
      of("forwardSpeed").toFixed(2),
      of("wallSeconds").toFixed(0),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const head = ["Trainer", "Seeds", "Return, mean", "IQM", "95 % interval", "Survived", "Speed, m/s", "Wall time, s"];
  return `${[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines].join("\n")}\n`;
}
