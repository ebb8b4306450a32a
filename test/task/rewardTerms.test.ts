import { expect, it } from "vitest";
import { EnvironmentParameters } from "../../src/agent/environmentParameters.js";
import { RewardBook } from "../../src/agent/rewardBook.js";
import { InputError } from "../../src/inputError.js";
import { RewardTerms } from "../../src/task/rewardTerms.js";
import { menagerie } from "../support/bodies.js";
import { crawlerScene } from "../support/scene.js";
import { taskState } from "../support/taskState.js";

const { task } = crawlerScene({
  rewards: { far: ({ seconds }) => seconds, windy: () => 10, idle: () => Number.NaN },
  weights: { far: 2, windy: 0.5, idle: 0 },
  scaledBy: { windy: "wind" },
});

it("notes weight × term, by what weights are scaled by, and does not ask for a weight of 0", () => {
  const book = new RewardBook();
  const terms = new RewardTerms(task, menagerie, book);
  terms.add(taskState({ seconds: 3 }));
  expect(book.episodeTerms).toEqual({ far: 6, windy: 5 });
  terms.scale(new EnvironmentParameters({ wind: 4 }));
  terms.add(taskState({ seconds: 1 }));
  expect(book.episodeTerms).toEqual({ far: 8, windy: 25 });
  terms.scale(new EnvironmentParameters());
  terms.add(taskState({ seconds: 0 }));
  expect(book.episodeTerms).toEqual({ far: 8, windy: 30 });
});

it("guards code, and shares a book with the terms before it", () => {
  const book = new RewardBook();
  new RewardTerms(task, menagerie, book).add(taskState({ seconds: 1 }));
  const settings = { far: 1, windy: 0, mine: { weight: 1, code: "() => nothing" } };
  new RewardTerms(task, menagerie, book, settings).add(taskState({ seconds: 1 }));
  expect(book.episodeTerms).toEqual({ far: 3, windy: 5, mine: 0 });
  expect(book.faults.map(({ term }) => term)).toEqual(["mine"]);
});

it("rejects settings that do not fit", () => {
  const create = () => new RewardTerms(task, menagerie, new RewardBook(), { speed: 1 });
  expect(create).toThrow(InputError);
});
