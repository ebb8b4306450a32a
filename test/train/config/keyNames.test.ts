import { expect, test } from "vitest";
import { camelKeys, snakeKeys } from "../../../src/train/config/keyNames.js";

const snake = { max_steps: 3, a: null, network_settings: { vis_encode_type: "simple_value", deep: { x_y_z: true } } };
const camel = { maxSteps: 3, a: null, networkSettings: { visEncodeType: "simple_value", deep: { xYZ: true } } };

test("keys of all levels become camelCase, values stay", () => {
  const result = camelKeys(snake);
  const typed: boolean = result.networkSettings.deep.xYZ;
  expect(typed).toBe(true);
  expect(result).toEqual(camel);
});

test("snakeKeys undoes camelKeys", () => {
  expect(snakeKeys(camel)).toEqual(snake);
});
