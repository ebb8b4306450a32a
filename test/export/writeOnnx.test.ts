import { describe, expect, it } from "vitest";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { encodeModel } from "../../src/export/writeOnnx.js";
import { ElementType, type OnnxModel } from "../../src/inference/onnxFormat.js";
import { decodeModel } from "../../src/inference/readOnnx.js";
import { InputError } from "../../src/inputError.js";
import { metadataFor, randomNetwork } from "../policy/randomNetwork.js";

const tensor = { name: "weights", elementType: ElementType.float, shape: [300, 1], data: new Uint8Array(1200).fill(9) };
const model: OnnxModel = {
  irVersion: 8,
  producerName: "legwork",
  producerVersion: "1",
  opset: 15,
  metadata: { legwork: '{"scene":"hüpfer"}', other: "" },
  graph: {
    name: "policy",
    nodes: [
      { name: "y", operator: "Mul", inputs: ["x", "weights"], outputs: ["y"], attributes: [] },
      {
        name: "z",
        operator: "ArgMax",
        inputs: ["y"],
        outputs: ["z"],
        attributes: [
          { name: "axis", value: { type: "int", int: -1 } },
          { name: "value", value: { type: "tensor", tensor } },
        ],
      },
    ],
    initializers: [tensor],
    inputs: [{ name: "x", elementType: ElementType.float, shape: ["batch", 300] }],
    outputs: [{ name: "z", elementType: ElementType.int64, shape: ["", 1] }],
  },
};

it("reads back what it wrote", () => {
  expect(decodeModel(encodeModel(model))).toEqual(model);
});

it("begins as the protobuf encoding says: field 1 varint 8, field 2 of 7 bytes", () => {
  expect(Array.from(encodeModel(model).subarray(0, 4))).toEqual([0x08, 8, 0x12, 7]);
});

describe("bytes that are not a model", () => {
  const network = randomNetwork({ actionSpec: { continuous: 1, discrete: [2] }, hidden: [2], seed: 1 });
  const bytes = policyToOnnx(network, metadataFor(network));

  it("a file that is cut off anywhere", () => {
    expect(() => decodeModel(bytes)).not.toThrow();
    const survivors = [];
    for (let length = 0; length < bytes.length; length++) {
      try {
        decodeModel(bytes.subarray(0, length));
        survivors.push(length);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
    expect(survivors).toEqual([]);
  });
  it("a page of HTML, JSON, an empty file, zeros", () => {
    const encoder = new TextEncoder();
    const texts = ["<!doctype html><html><body>Not found</body></html>", '{"format":1,"layers":[]}', "", "\0\0\0\0"];
    for (const text of texts) {
      const message = `This is not a complete ONNX model: ${text.length} bytes that are damaged or of another kind.`;
      expect(() => decodeModel(encoder.encode(text))).toThrow(new InputError(message));
    }
  });
});
