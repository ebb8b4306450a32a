import { type LayerPlace, layersOf } from "../nn/layerPlaces.js";
import type { RunningStatistics, RunningStatisticsState } from "../nn/runningStatistics.js";
import type { CheckpointReader, CheckpointTensor } from "./checkpoint.js";

// How networks and statistics lie in checkpoints, whoever trains them.

/** Weights and biases of a network by name, as views. */
export function layerTensors(
  name: string,
  layers: readonly LayerPlace[],
  parameters: Float32Array,
): Record<string, CheckpointTensor> {
  return Object.fromEntries(
    layersOf(layers, parameters).flatMap(({ inputs, outputs, weights, bias }, i) => [
      [`${name}.${i}.weight`, { shape: [inputs, outputs], data: weights }],
      [`${name}.${i}.bias`, { shape: [outputs], data: bias }],
    ]),
  );
}

/** Puts a network out of a checkpoint into its place among the parameters. @throws InputError where shapes differ */
export function takeLayers(
  tensors: CheckpointReader,
  name: string,
  layers: readonly LayerPlace[],
  parameters: Float32Array,
): void {
  layers.forEach(({ inputs, outputs, weights, bias }, i) => {
    parameters.set(tensors.take(`${name}.${i}.weight`, [inputs, outputs]), weights);
    parameters.set(tensors.take(`${name}.${i}.bias`, [outputs]), bias);
  });
}

export function statisticsTensors(
  prefix: string,
  statistics: RunningStatistics | null,
): Record<string, CheckpointTensor> {
  if (!statistics) return {};
  const { mean, squares } = statistics.state();
  return { [`${prefix}.mean`]: vector(mean), [`${prefix}.squares`]: vector(squares) };
}

export function vector(data: Float32Array | Float64Array): CheckpointTensor {
  return { shape: [data.length], data };
}

/** @param count rows that the statistics have seen */
export function takeStatistics(
  tensors: CheckpointReader,
  prefix: string,
  size: number,
  count: number | null,
): RunningStatisticsState {
  return {
    count: count ?? 0,
    mean: tensors.take(`${prefix}.mean`, [size]) as Float64Array,
    squares: tensors.take(`${prefix}.squares`, [size]) as Float64Array,
  };
}
