import { describe, expect, it } from "vitest";
import { RewardBook } from "../../src/agent/rewardBook.js";
import { InputError } from "../../src/inputError.js";

const sums = (book: RewardBook) => [book.sinceDecision, book.episode, book.episodeTerms];

describe("RewardBook", () => {
  it("keeps sums since the decision, since the episode began, and by name", () => {
    const book = new RewardBook();
    book.add("speed", 2);
    book.add("effort", -0.5);
    book.beginDecision();
    book.add("speed", 1);
    expect(sums(book)).toEqual([1, 2.5, { speed: 3, effort: -0.5 }]);
  });

  it("replaces what came since the decision, twice as well as once", () => {
    const book = new RewardBook();
    book.add("speed", 2);
    book.beginDecision();
    book.add("speed", 1);
    book.add("effort", -0.25);
    book.replace(5);
    expect(sums(book)).toEqual([5, 7, { speed: 2, effort: 0, reward: 5 }]);
    book.replace(1);
    expect(sums(book)).toEqual([1, 3, { speed: 2, effort: 0, reward: 1 }]);
    book.add("speed", 1);
    expect(sums(book)).toEqual([2, 4, { speed: 3, effort: 0, reward: 1 }]);
  });

  it("begins an episode at zero with the names that are known", () => {
    const book = new RewardBook();
    book.add("speed", 2);
    book.beginEpisode();
    expect(sums(book)).toEqual([0, 0, { speed: 0 }]);
    book.replace(3);
    expect(sums(book)).toEqual([3, 3, { speed: 0, reward: 3 }]);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])("refuses %f, which would spoil all sums", (value) => {
    const book = new RewardBook();
    expect(() => book.add("speed", value)).toThrow(
      new InputError(`Reward "speed" is ${value}; it must be a finite number.`),
    );
    expect(() => book.replace(value)).toThrow(InputError);
  });
});
