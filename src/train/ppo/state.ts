import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../inputError.js";
import type { Mlp } from "../../nn/mlp.js";
import type { Activation } from "../../policy/network.js";
import type { RandomState } from "../../random.js";
import { type Checkpoint, CheckpointReader, type CheckpointTensor } from "../checkpoint.js";
import type { PpoTrainer } from "./train.js";

interface PpoState {
  readonly activation: Activation;
  readonly random: RandomState;
  readonly adamStep: number;
  readonly observationCount: number | null;
  readonly returnCount: number | null;
}

/** Everything that a PPO run needs to go on. */
export async function ppoCheckpoint(trainer: PpoTrainer): Promise<Checkpoint> {
  const { actor, critic, logStd, adam, normalizer, returnNormalizer } = trainer;
  const tensors: Record<string, CheckpointTensor> = {
    ...(await layerTensors("actor", actor)),
    ...(await layerTensors("critic", critic)),
  };
  if (logStd.size > 0) tensors.log_std = vector((await logStd.data()) as Float32Array);
  const adamState = await adam.stateAsync();
  tensors["adam.mean"] = vector(adamState.mean);
  tensors["adam.square"] = vector(adamState.square);
  const observations = normalizer?.state();
  if (observations) {
    tensors["observations.mean"] = vector(observations.mean);
    tensors["observations.squares"] = vector(observations.squares);
  }
  const returns = returnNormalizer?.state();
  if (returns) {
    tensors["returns.mean"] = vector(returns.statistics.mean);
    tensors["returns.squares"] = vector(returns.statistics.squares);
  }
  const state: PpoState = {
    activation: trainer.config.legwork.activation,
    random: trainer.random.getState(),
    adamStep: adamState.step,
    observationCount: observations?.count ?? null,
    returnCount: returns?.statistics.count ?? null,
  };
  return { tensors, meta: { trainer: "ppo", steps: trainer.steps, state } };
}

/**
 * @param what `networks` takes over weights and observation normaliser only, `everything` goes on where the run stopped
 * @throws InputError when the checkpoint is of another trainer or network; the trainer is unchanged then
 */
export function restorePpo(trainer: PpoTrainer, checkpoint: Checkpoint, what: "networks" | "everything"): void {
  if (checkpoint.meta.trainer !== "ppo") {
    throw new InputError(`The checkpoint is of trainer "${checkpoint.meta.trainer}", here it must be of "ppo".`);
  }
  const { actor, critic, logStd, adam, normalizer, returnNormalizer } = trainer;
  const { activation } = trainer.config.legwork;
  const state = checkpoint.meta.state as PpoState;
  if (state.activation !== activation) {
    throw new InputError(
      `The checkpoint is of another network: its activation is ${state.activation}, here it must be ${activation}.`,
    );
  }
  // Everything is looked up before anything is changed.
  const tensors = new CheckpointReader(checkpoint);
  const actorLayers = takeLayers(tensors, "actor", actor);
  const criticLayers = takeLayers(tensors, "critic", critic);
  const std = logStd.size > 0 ? (tensors.take("log_std", logStd.shape) as Float32Array) : null;
  const parameters = trainer.variables.reduce((sum, { size }) => sum + size, 0);
  const adamMean = tensors.take("adam.mean", [parameters]) as Float32Array;
  const adamSquare = tensors.take("adam.square", [parameters]) as Float32Array;
  const takeStatistics = (prefix: string, size: number) => ({
    mean: tensors.take(`${prefix}.mean`, [size]) as Float64Array,
    squares: tensors.take(`${prefix}.squares`, [size]) as Float64Array,
  });
  const observations = normalizer ? takeStatistics("observations", normalizer.size) : null;
  const returns = returnNormalizer && what === "everything" ? takeStatistics("returns", 1) : null;
  tensors.requireAllTaken(what === "networks" ? ["returns.mean", "returns.squares"] : []);

  actor.load(actorLayers);
  critic.load(criticLayers);
  if (std) tf.tidy(() => logStd.assign(tf.tensor1d(std.slice())));
  if (observations) normalizer?.restore({ ...observations, count: state.observationCount ?? 0 });
  if (what === "networks") return;
  adam.restore({ step: state.adamStep, mean: adamMean, square: adamSquare });
  // Episodes begin anew after a restart, and so do their running returns.
  if (returns && returnNormalizer) {
    const { returns: running } = returnNormalizer.state();
    returnNormalizer.restore({
      statistics: { ...returns, count: state.returnCount ?? 0 },
      returns: running.fill(0),
    });
  }
  trainer.random.setState(state.random);
  trainer.steps = checkpoint.meta.steps;
}

async function layerTensors(name: string, mlp: Mlp): Promise<Record<string, CheckpointTensor>> {
  const layers = await mlp.toLayersAsync();
  return Object.fromEntries(
    layers.flatMap(({ inputs, outputs, weights, bias }, i) => [
      [`${name}.${i}.weight`, { shape: [inputs, outputs], data: weights }],
      [`${name}.${i}.bias`, { shape: [outputs], data: bias }],
    ]),
  );
}

function takeLayers(tensors: CheckpointReader, name: string, mlp: Mlp) {
  return mlp.variables
    .filter((variable) => variable.rank === 2)
    .map((variable, i) => {
      const [inputs, outputs] = variable.shape as [number, number];
      return {
        inputs,
        outputs,
        weights: tensors.take(`${name}.${i}.weight`, [inputs, outputs]) as Float32Array,
        bias: tensors.take(`${name}.${i}.bias`, [outputs]) as Float32Array,
      };
    });
}

function vector(data: Float32Array | Float64Array): CheckpointTensor {
  return { shape: [data.length], data };
}
