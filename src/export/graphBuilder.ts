import {
  ElementType,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from "../inference/onnxFormat.js";

/** Collects the nodes and constants of an ONNX graph. Every method gives back the name of the value that it made. */
export class GraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly initializers: OnnxTensor[] = [];

  /** A float32 constant. */
  floats(name: string, values: Float32Array | readonly number[], shape: readonly number[] = [values.length]): string {
    this.initializers.push(tensor(name, ElementType.float, shape, Float32Array.from(values)));
    return name;
  }

  /** A float32 scalar constant. */
  float(name: string, value: number): string {
    return this.floats(name, [value], []);
  }

  /** An int64 constant, `[values.length]`. */
  integers(name: string, values: readonly number[]): string {
    this.initializers.push(tensor(name, ElementType.int64, [values.length], BigInt64Array.from(values.map(BigInt))));
    return name;
  }

  /** A node whose one output has the name of the node. `attributes` are integers. */
  node(operator: string, name: string, inputs: readonly string[], attributes: Record<string, number> = {}): string {
    this.nodes.push({ name, operator, inputs, outputs: [name], attributes: Object.entries(attributes).map(integer) });
    return name;
  }

  /** Cuts `[batch, Σ sizes]` into one `[batch, size]` for each name. */
  split(names: readonly string[], input: string, sizes: readonly number[]): readonly string[] {
    const name = `${input}.split`;
    const inputs = [input, this.integers(`${name}.sizes`, sizes)];
    this.nodes.push({ name, operator: "Split", inputs, outputs: names, attributes: [integer(["axis", 1])] });
    return names;
  }

  /** A float32 constant that is an output of the graph. */
  constantOutput(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    const value = tensor(name, ElementType.float, shape, Float32Array.from(values));
    const attributes: OnnxAttribute[] = [{ name: "value", value: { type: "tensor", tensor: value } }];
    this.nodes.push({ name, operator: "Constant", inputs: [], outputs: [name], attributes });
    return name;
  }

  build(name: string, inputs: readonly OnnxValueInfo[], outputs: readonly OnnxValueInfo[]): OnnxGraph {
    return { name, nodes: this.nodes, initializers: this.initializers, inputs, outputs };
  }
}

function integer([name, int]: [string, number]): OnnxAttribute {
  return { name, value: { type: "int", int } };
}

function tensor(
  name: string,
  elementType: number,
  shape: readonly number[],
  values: Float32Array | BigInt64Array,
): OnnxTensor {
  return { name, elementType, shape, data: new Uint8Array(values.buffer) };
}
