import { expect, test } from "vitest";
import { nearest } from "../src/nearest.js";

const names = ["batch_size", "buffer_size", "beta"];

test.each([
  ["batch_sise", "batch_size"],
  ["buffer-size", "buffer_size"],
  ["bufferSize", "buffer_size"],
  ["BETA", "beta"],
  ["bata", "beta"],
])("%s is probably %s", (word, name) => {
  expect(nearest(word, names)).toBe(name);
});

test("a word that resembles none of the names has no nearest one", () => {
  expect(nearest("gamma", names)).toBeNull();
  expect(nearest("x", names)).toBeNull();
  expect(nearest("beta", [])).toBeNull();
});

test("the closest of several candidates wins", () => {
  expect(nearest("hidden_unit", ["hidden_nuts", "hidden_units"])).toBe("hidden_units");
});
