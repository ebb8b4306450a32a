import { PbfWriter } from "pbf";
import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from "../inference/onnxFormat.js";

/**
 * Writes an ONNX model file. The field numbers below are those of onnx.proto.
 *
 * The graph comes last, so that a file that was cut off anywhere lacks it, or has only a part of it, and is refused.
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, model.irVersion);
  writer.writeStringField(2, model.producerName);
  writer.writeStringField(3, model.producerVersion);
  writer.writeMessage(8, writeOperatorSet, model.opset);
  for (const entry of Object.entries(model.metadata)) writer.writeMessage(14, writeStringPair, entry);
  writer.writeMessage(7, writeGraph, model.graph);
  return writer.finish();
}

function writeOperatorSet(version: number, writer: PbfWriter): void {
  writer.writeStringField(1, "");
  writer.writeVarintField(2, version);
}

function writeStringPair([key, value]: [string, string], writer: PbfWriter): void {
  writer.writeStringField(1, key);
  writer.writeStringField(2, value);
}

function writeGraph(graph: OnnxGraph, writer: PbfWriter): void {
  for (const node of graph.nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, graph.name);
  for (const tensor of graph.initializers) writer.writeMessage(5, writeTensor, tensor);
  for (const input of graph.inputs) writer.writeMessage(11, writeValueInfo, input);
  for (const output of graph.outputs) writer.writeMessage(12, writeValueInfo, output);
}

function writeNode(node: OnnxNode, writer: PbfWriter): void {
  for (const input of node.inputs) writer.writeStringField(1, input);
  for (const output of node.outputs) writer.writeStringField(2, output);
  writer.writeStringField(3, node.name);
  writer.writeStringField(4, node.operator);
  for (const attribute of node.attributes) writer.writeMessage(5, writeAttribute, attribute);
}

/** `AttributeProto.AttributeType` */
const AttributeType = { int: 2, tensor: 4 } as const;

function writeAttribute({ name, value }: OnnxAttribute, writer: PbfWriter): void {
  if (value.type === "other") throw new Error(`Attribute "${name}" was skipped when reading and cannot be written.`);
  writer.writeStringField(1, name);
  if (value.type === "int") writer.writeVarintField(3, value.int);
  else writer.writeMessage(5, writeTensor, value.tensor);
  writer.writeVarintField(20, AttributeType[value.type]);
}

function writeTensor(tensor: OnnxTensor, writer: PbfWriter): void {
  for (const size of tensor.shape) writer.writeVarintField(1, size);
  writer.writeVarintField(2, tensor.elementType);
  writer.writeStringField(8, tensor.name);
  writer.writeBytesField(9, tensor.data);
}

function writeValueInfo(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeStringField(1, info.name);
  writer.writeMessage(2, writeType, info);
}

/** TypeProto with a tensor type. */
function writeType(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeMessage(1, writeTensorType, info);
}

function writeTensorType(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeVarintField(1, info.elementType);
  writer.writeMessage(2, writeShape, info.shape);
}

function writeShape(shape: OnnxValueInfo["shape"], writer: PbfWriter): void {
  for (const size of shape) writer.writeMessage(1, writeDimension, size);
}

function writeDimension(size: number | string, writer: PbfWriter): void {
  if (typeof size === "number") writer.writeVarintField(1, size);
  else if (size !== "") writer.writeStringField(2, size);
}
