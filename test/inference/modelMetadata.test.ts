import { expect, it } from "vitest";
import { encodeModel } from "../../src/export/writeOnnx.js";
import { readModelMetadata } from "../../src/inference/index.js";
import { InputError } from "../../src/inputError.js";
import { METADATA_KEY } from "../../src/policy/modelMetadata.js";
import { metadataFor, randomNetwork } from "../policy/randomNetwork.js";

const metadata = metadataFor(randomNetwork({ actionSpec: { continuous: 2, discrete: [] }, seed: 1 }));

function fileWith(entries: Record<string, string>): Uint8Array {
  const graph = { name: "", nodes: [], initializers: [], inputs: [], outputs: [] };
  return encodeModel({ irVersion: 8, producerName: "", producerVersion: "", opset: 15, graph, metadata: entries });
}

it("reads what the export wrote, also where no episode has a score", () => {
  for (const score of [12.5, null]) {
    const written = { ...metadata, score };
    expect(readModelMetadata(fileWith({ [METADATA_KEY]: JSON.stringify(written) }))).toEqual(written);
  }
});

it("is null for files of other tools", () => {
  expect(readModelMetadata(fileWith({}))).toBeNull();
  expect(readModelMetadata(fileWith({ author: "someone" }))).toBeNull();
});

it("refuses damaged metadata and that of a later version", () => {
  const damaged = ["{", "null", "[]", JSON.stringify({ ...metadata, observations: [{ name: "root" }] })];
  for (const text of damaged) {
    expect(() => readModelMetadata(fileWith({ [METADATA_KEY]: text }))).toThrow(
      new InputError('The model\'s "legwork" metadata is damaged.'),
    );
  }
  expect(() => readModelMetadata(fileWith({ [METADATA_KEY]: '{"format":2}' }))).toThrow(
    new InputError('The model\'s "legwork" metadata has format 2; this version reads format 1.'),
  );
});
