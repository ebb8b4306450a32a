import { expect, it } from "vitest";
import { EpisodeMeasures } from "../../src/task/measures.js";
import type { TaskState } from "../../src/task/task.js";

const at = (seconds: number) => ({ seconds }) as unknown as TaskState;

it("averages each measure over an episode, without the steps in which it is not a number", () => {
  const measures = new EpisodeMeasures({
    twice: ({ seconds }) => 2 * seconds,
    even: ({ seconds }) => (seconds % 2 === 0 ? seconds : Number.NaN),
    never: () => Number.NaN,
  });
  measures.begin();
  for (const seconds of [1, 2, 3, 4]) measures.add(at(seconds));
  // 2 × (1 + 2 + 3 + 4) / 4, and (2 + 4) / 2
  expect(measures.means()).toEqual({ twice: 5, even: 3, never: 0 });
  measures.begin();
  measures.add(at(7));
  expect(measures.means()).toEqual({ twice: 14, even: 0, never: 0 });
});

it("is empty without measures", () => {
  const measures = new EpisodeMeasures();
  measures.begin();
  measures.add(at(1));
  expect(measures.means()).toEqual({});
});
