import { expect, test } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { parseYaml } from "../../../src/train/config/parseYaml.js";

test("anchors, aliases and merge keys are resolved", () => {
  const text = "base: &base {a: 1, b: 2}\nother: {<<: *base, b: 3}\nlist: [*base]";
  expect(parseYaml(text, "f.yaml")).toEqual({
    base: { a: 1, b: 2 },
    other: { a: 1, b: 3 },
    list: [{ a: 1, b: 2 }],
  });
});

test.each([
  ["a: 1\nb: c: d", "f.yaml: line 2, column 4 is not valid YAML: Nested mappings are not allowed"],
  ["a: 1\nb: 2\na: 3", "f.yaml: line 3, column 1 is not valid YAML: Map keys must be unique"],
  ["a:\n  b: [1, 2", "f.yaml: line 2, column 11 is not valid YAML: Flow sequence"],
  ["a: 1\n---\nb: 2", "f.yaml: line 2, column 1 is not valid YAML: A second document starts here"],
  ["a: 1\nb: *x", "f.yaml: line 2, column 4 is not valid YAML: There is no anchor &x above *x"],
  ["a:\n\t- b", "f.yaml: line 2, column 1 is not valid YAML: Tabs are not allowed"],
  ["a: &x [1]\nb: {<<: 3}", "f.yaml is not valid YAML: Merge sources must be maps"],
])("%j is refused", (text, start) => {
  const read = () => parseYaml(text, "f.yaml");
  expect(read).toThrow(InputError);
  expect(read).toThrow(start);
});
