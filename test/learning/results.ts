import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PATH = join(import.meta.dirname, "results.json");

/** What one training run has reached. */
export interface LearningResult {
  readonly task: string;
  readonly trainer: string;
  readonly seed: number;
  readonly steps: number;
  /** Over 100 episodes of the deterministic policy. */
  readonly return: { readonly mean: number; readonly std: number };
  /** Mean return that counts as learnt. */
  readonly bar: number;
}

interface ResultsFile {
  readonly command: string;
  readonly results: readonly LearningResult[];
}

/** With `UPDATE_RESULTS=1`: puts the result into `results.json`, in the place of an earlier one of the same run. */
export function recordResult(result: LearningResult): void {
  if (process.env.UPDATE_RESULTS !== "1") return;
  const file: ResultsFile = existsSync(PATH)
    ? JSON.parse(readFileSync(PATH, "utf8"))
    : { command: "UPDATE_RESULTS=1 npm run test:learning", results: [] };
  const name = ({ task, trainer, seed }: LearningResult) => `${task} ${trainer} ${seed}`;
  const others = file.results.filter((other) => name(other) !== name(result));
  const results = [...others, result].sort((a, b) => name(a).localeCompare(name(b)));
  writeFileSync(PATH, `${JSON.stringify({ ...file, results }, null, 2)}\n`);
}
