import { expect, it } from "vitest";
import { type ComparedRun, comparisonTable, runsCsv } from "../../src/compare/table.js";

const run = (trainer: string, seed: number, score: number): ComparedRun => ({
  trainer,
  seed,
  steps: 1000,
  maxSteps: 1000,
  wallSeconds: 10 * seed,
  return: score,
  survivedFraction: 0.5,
  forwardSpeed: 1.25,
});

it("the table has the best trainer first", () => {
  const lines = comparisonTable([run("cem", 1, 5), run("cem", 2, 5), run("ppo", 1, 10), run("ppo", 2, 10)]).split("\n");
  expect(lines[2]).toBe("| ppo | 2 | 10.0 | 10.0 | 10.0 … 10.0 | 50 % | 1.25 | 15 |");
  expect(lines[3]).toBe("| cem | 2 | 5.0 | 5.0 | 5.0 … 5.0 | 50 % | 1.25 | 15 |");
});

it("the numbers of all runs are there for others", () => {
  expect(runsCsv([run("ppo", 1, 10)])).toBe(
    "trainer,seed,steps,wallSeconds,return,survivedFraction,forwardSpeed\nppo,1,1000,10,10,0.5,1.25\n",
  );
});
