import type { Activation } from "../../policy/network.js";
import type { RandomState } from "../../random.js";
import { type Checkpoint, CheckpointReader, type CheckpointTensor, checkOrigin } from "../checkpoint.js";
import { layerTensors, statisticsTensors, takeLayers, takeStatistics, vector } from "../checkpointTensors.js";
import { logStdOf } from "./layout.js";
import type { OnPolicyTrainer } from "./trainer.js";

export interface OnPolicyMeta {
  readonly activation: Activation;
  readonly random: RandomState;
  readonly adamStep: number;
  readonly observationCount: number | null;
  readonly returnCount: number | null;
  readonly adaptiveRate: number;
  readonly klCoefficient: number;
}

/** The trainers whose networks are alike. */
const ON_POLICY: readonly string[] = ["ppo", "ppo-kl", "trpo", "tnpg", "npg", "a2c", "a3c", "reinforce"];

/** Updates in which only the critic learns, where a policy came without one. */
const CRITIC_WARMUP = 20;

/** Everything that a PPO run needs to go on. */
export function onPolicyCheckpoint(trainer: OnPolicyTrainer): Checkpoint {
  const { layout, state, normalizer, returnStatistics, random, steps, adaptiveRate, klCoefficient } = trainer;
  const { parameters, adam } = state;
  const tensors: Record<string, CheckpointTensor> = {
    ...layerTensors("actor", layout.actor, parameters),
    ...layerTensors("critic", layout.critic, parameters),
    ...(layout.actionSpec.continuous > 0 ? { log_std: vector(logStdOf(layout, parameters)) } : {}),
    "adam.mean": vector(adam.mean),
    "adam.square": vector(adam.square),
    ...statisticsTensors("observations", normalizer),
    ...statisticsTensors("returns", returnStatistics),
  };
  const meta: OnPolicyMeta = {
    activation: layout.activation,
    random: random.getState(),
    adamStep: adam.step,
    observationCount: normalizer?.state().count ?? null,
    returnCount: returnStatistics?.state().count ?? null,
    adaptiveRate,
    klCoefficient,
  };
  return { tensors, meta: { trainer: trainer.config.trainerType, steps, state: meta } };
}

/**
 * @param what `networks` takes over weights and observation normaliser only, `everything` goes on where the run stopped
 * @throws InputError when the checkpoint is of another trainer or network; the trainer is unchanged then
 */
export function restoreOnPolicy(
  trainer: OnPolicyTrainer,
  checkpoint: Checkpoint,
  what: "networks" | "everything",
): void {
  const { layout, normalizer, returnStatistics } = trainer;
  checkOrigin(checkpoint, what === "networks" ? ON_POLICY : [trainer.config.trainerType], layout.activation);
  const state = checkpoint.meta.state as OnPolicyMeta;
  // Everything is looked up before anything is changed.
  const tensors = new CheckpointReader(checkpoint);
  const parameters = trainer.state.parameters.slice();
  takeLayers(tensors, "actor", layout.actor, parameters);
  const hasCritic = what === "everything" || tensors.has("critic.0.weight");
  if (hasCritic) takeLayers(tensors, "critic", layout.critic, parameters);
  const { continuous } = layout.actionSpec;
  if (continuous > 0) {
    const logStd = tensors.take("log_std", [continuous]);
    const anew = what === "networks" && trainer.config.legwork.restartExploration;
    parameters.set(anew ? logStdOf(layout, trainer.state.parameters) : logStd, layout.logStd);
  }
  const observations = normalizer
    ? takeStatistics(tensors, "observations", layout.observationSize, state.observationCount)
    : null;
  // The critic's values are in units of the deviation of returns.
  const hasReturns = what === "everything" || tensors.has("returns.mean");
  const returns = returnStatistics && hasReturns ? takeStatistics(tensors, "returns", 1, state.returnCount) : null;
  const moment = (name: string) =>
    what === "everything" ? (tensors.take(name, [layout.size]) as Float32Array) : new Float32Array(layout.size);
  const [mean, square] = [moment("adam.mean"), moment("adam.square")];
  tensors.requireAllTaken(what === "networks" ? ["returns.mean", "returns.squares", "adam.mean", "adam.square"] : []);

  if (observations) normalizer?.restore(observations);
  if (returns) returnStatistics?.restore(returns);
  if (what === "networks") {
    trainer.state = { ...trainer.state, parameters };
    trainer.criticWarmup = hasCritic ? 0 : CRITIC_WARMUP;
    return;
  }
  trainer.state = { parameters, adam: { step: state.adamStep, mean, square } };
  trainer.random.setState(state.random);
  trainer.adaptiveRate = state.adaptiveRate;
  trainer.klCoefficient = state.klCoefficient;
  trainer.steps = checkpoint.meta.steps;
}
