import { PbfReader } from "pbf";
import { InputError } from "../inputError.js";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValueInfo } from "./onnxFormat.js";

/**
 * Reads an ONNX model file. The field numbers below are those of onnx.proto; fields that are not named are skipped.
 * @throws InputError when the bytes are not an ONNX model, or only a part of one.
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  let model: OnnxModel | null;
  try {
    model = readModel(new PbfReader(bytes), bytes.length);
  } catch {
    model = null;
  }
  if (model === null) {
    throw new InputError(
      `This is not a complete ONNX model: ${bytes.length} bytes that are damaged or of another kind.`,
    );
  }
  return model;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Calls `field` for every field of the message that lies between the reader's position and `end`. */
function readFields(reader: PbfReader, end: number, field: (number: number) => void): void {
  if (end > reader.length) throw new RangeError("message is cut off");
  reader.readFields(field, undefined, end);
  if (reader.pos !== end) throw new RangeError("field reaches beyond its message");
}

/** Reads the embedded message at the reader's position with `read`. */
function embedded<T>(reader: PbfReader, read: (reader: PbfReader, end: number) => T): T {
  return read(reader, reader.readVarint() + reader.pos);
}

/** null where a part that every model has is missing. */
function readModel(reader: PbfReader, end: number): OnnxModel | null {
  const model: Mutable<Omit<OnnxModel, "graph" | "metadata">> = {
    irVersion: 0,
    producerName: "",
    producerVersion: "",
    opset: 0,
  };
  const metadata: Record<string, string> = {};
  let graph: OnnxGraph | null = null;
  readFields(reader, end, (number) => {
    if (number === 1) model.irVersion = reader.readVarint();
    else if (number === 2) model.producerName = reader.readString();
    else if (number === 3) model.producerVersion = reader.readString();
    else if (number === 7) graph = embedded(reader, readGraph);
    else if (number === 8) {
      const { domain, version } = embedded(reader, readOperatorSet);
      if (domain === "" || domain === "ai.onnx") model.opset = version;
    } else if (number === 14) {
      const [key, value] = embedded(reader, readStringPair);
      metadata[key] = value;
    }
  });
  return graph === null || model.opset === 0 ? null : { ...model, graph, metadata };
}

function readOperatorSet(reader: PbfReader, end: number): { domain: string; version: number } {
  const set = { domain: "", version: 0 };
  readFields(reader, end, (number) => {
    if (number === 1) set.domain = reader.readString();
    else if (number === 2) set.version = reader.readVarint();
  });
  return set;
}

function readStringPair(reader: PbfReader, end: number): [key: string, value: string] {
  const pair: [string, string] = ["", ""];
  readFields(reader, end, (number) => {
    if (number === 1) pair[0] = reader.readString();
    else if (number === 2) pair[1] = reader.readString();
  });
  return pair;
}

function readGraph(reader: PbfReader, end: number): OnnxGraph {
  let name = "";
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  readFields(reader, end, (number) => {
    if (number === 1) nodes.push(embedded(reader, readNode));
    else if (number === 2) name = reader.readString();
    else if (number === 5) initializers.push(embedded(reader, readTensor));
    else if (number === 11) inputs.push(embedded(reader, readValueInfo));
    else if (number === 12) outputs.push(embedded(reader, readValueInfo));
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(reader: PbfReader, end: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: OnnxAttribute[] = [];
  let name = "";
  let operator = "";
  readFields(reader, end, (number) => {
    if (number === 1) inputs.push(reader.readString());
    else if (number === 2) outputs.push(reader.readString());
    else if (number === 3) name = reader.readString();
    else if (number === 4) operator = reader.readString();
    else if (number === 5) attributes.push(embedded(reader, readAttribute));
  });
  return { name, operator, inputs, outputs, attributes };
}

function readAttribute(reader: PbfReader, end: number): OnnxAttribute {
  let name = "";
  let value: OnnxAttribute["value"] = { type: "other" };
  readFields(reader, end, (number) => {
    if (number === 1) name = reader.readString();
    else if (number === 3) value = { type: "int", int: reader.readVarint(true) };
    else if (number === 5) value = { type: "tensor", tensor: embedded(reader, readTensor) };
  });
  return { name, value };
}

function readTensor(reader: PbfReader, end: number): OnnxTensor {
  const tensor: Mutable<OnnxTensor> & { shape: number[] } = {
    name: "",
    elementType: 0,
    shape: [],
    data: new Uint8Array(0),
  };
  readFields(reader, end, (number) => {
    if (number === 1) reader.readPackedVarint(tensor.shape, true);
    else if (number === 2) tensor.elementType = reader.readVarint();
    else if (number === 8) tensor.name = reader.readString();
    else if (number === 9) tensor.data = reader.readBytes();
  });
  return tensor;
}

function readValueInfo(reader: PbfReader, end: number): OnnxValueInfo {
  let name = "";
  let type: Omit<OnnxValueInfo, "name"> = { elementType: 0, shape: [] };
  readFields(reader, end, (number) => {
    if (number === 1) name = reader.readString();
    else if (number === 2) type = embedded(reader, readType);
  });
  return { name, ...type };
}

/** TypeProto, of which only `tensor_type` is read. */
function readType(reader: PbfReader, end: number): Omit<OnnxValueInfo, "name"> {
  let elementType = 0;
  const shape: (number | string)[] = [];
  const readTensorType = (_: PbfReader, tensorEnd: number) =>
    readFields(reader, tensorEnd, (number) => {
      if (number === 1) elementType = reader.readVarint();
      else if (number === 2) embedded(reader, readShape);
    });
  const readShape = (_: PbfReader, shapeEnd: number) =>
    readFields(reader, shapeEnd, (number) => {
      if (number === 1) shape.push(embedded(reader, readDimension));
    });
  readFields(reader, end, (number) => {
    if (number === 1) embedded(reader, readTensorType);
  });
  return { elementType, shape };
}

function readDimension(reader: PbfReader, end: number): number | string {
  let dimension: number | string = "";
  readFields(reader, end, (number) => {
    if (number === 1) dimension = reader.readVarint(true);
    else if (number === 2) dimension = reader.readString();
  });
  return dimension;
}
