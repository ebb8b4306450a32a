/**
 * The part of an ONNX model file (onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that policies
 * use, as plain data.
 */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  /** Version of the operator set of the default domain, "opset". */
  readonly opset: number;
  readonly graph: OnnxGraph;
  /** `metadata_props` */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

export interface OnnxAttribute {
  readonly name: string;
  readonly value:
    | { readonly type: "int"; readonly int: number }
    | { readonly type: "tensor"; readonly tensor: OnnxTensor }
    /** A kind of attribute that policies do not need; its content is skipped when reading. */
    | { readonly type: "other" };
}

export interface OnnxTensor {
  readonly name: string;
  readonly elementType: number;
  readonly shape: readonly number[];
  /** `raw_data`, little-endian; empty where the file stores the numbers in one of the typed fields instead. */
  readonly data: Uint8Array;
}

/** Name, element type and shape of an input or output of the graph. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly elementType: number;
  /** A number where the size is fixed, the symbol where it has one ("batch"), and "" where nothing is known. */
  readonly shape: readonly (number | string)[];
}

/** `TensorProto.DataType`, the ones that policies use. */
export const ElementType = { float: 1, int64: 7 } as const;
