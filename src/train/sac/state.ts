import { InputError } from "../../inputError.js";
import type { RunningStatistics } from "../../nn/runningStatistics.js";
import type { Activation } from "../../policy/network.js";
import type { RandomState } from "../../random.js";
import { type Checkpoint, CheckpointReader, type CheckpointTensor } from "../checkpoint.js";
import { layerTensors, statisticsTensors, takeLayers, takeStatistics, vector } from "../checkpointTensors.js";
import type { SacLayout, SacState } from "./parameters.js";

interface SacMeta {
  readonly activation: Activation;
  readonly random: RandomState;
  readonly logAlpha: number;
  readonly adamStep: number;
  readonly logAlphaMean: number;
  readonly logAlphaSquare: number;
  readonly observationCount: number | null;
}

/** What of a SAC run is saved. What it remembers of its experience is not: it collects anew. */
export interface SacRun {
  readonly layout: SacLayout;
  readonly normalizer: RunningStatistics | null;
  readonly random: RandomState;
  readonly steps: number;
}

const NETWORKS = ["critics.0", "critics.1", "targets.0", "targets.1"] as const;

function placesOf(layout: SacLayout, name: (typeof NETWORKS)[number]) {
  const [kind, index] = name.split(".") as ["critics" | "targets", "0" | "1"];
  return layout[kind][Number(index) as 0 | 1];
}

export function sacCheckpoint({ layout, normalizer, random, steps }: SacRun, state: SacState): Checkpoint {
  const { parameters, logAlpha, moments } = state;
  const tensors: Record<string, CheckpointTensor> = {
    ...layerTensors("actor", layout.actor, parameters),
    ...Object.assign({}, ...NETWORKS.map((name) => layerTensors(name, placesOf(layout, name), parameters))),
    "adam.mean": vector(moments.mean),
    "adam.square": vector(moments.square),
    ...statisticsTensors("observations", normalizer),
  };
  const meta: SacMeta = {
    activation: layout.activation,
    random,
    logAlpha,
    adamStep: moments.step,
    logAlphaMean: moments.logAlphaMean,
    logAlphaSquare: moments.logAlphaSquare,
    observationCount: normalizer?.state().count ?? null,
  };
  return { tensors, meta: { trainer: "sac", steps, state: meta } };
}

/**
 * What a checkpoint says, with the normaliser restored.
 * @param what `networks` takes over the networks, the temperature and the normaliser only
 * @throws InputError when the checkpoint is of another trainer or network; nothing has changed then
 */
export function readSacCheckpoint(
  checkpoint: Checkpoint,
  { layout, normalizer }: Pick<SacRun, "layout" | "normalizer">,
  what: "networks" | "everything",
): { readonly state: SacState; readonly random: RandomState; readonly steps: number } {
  if (checkpoint.meta.trainer !== "sac") {
    throw new InputError(`The checkpoint is of trainer "${checkpoint.meta.trainer}", here it must be of "sac".`);
  }
  const meta = checkpoint.meta.state as SacMeta;
  if (meta.activation !== layout.activation) {
    throw new InputError(
      `The checkpoint is of another network: its activation is ${meta.activation}, here it must be ${layout.activation}.`,
    );
  }
  const tensors = new CheckpointReader(checkpoint);
  const parameters = new Float32Array(layout.size);
  takeLayers(tensors, "actor", layout.actor, parameters);
  for (const name of NETWORKS) takeLayers(tensors, name, placesOf(layout, name), parameters);
  const learnt = layout.actorSize + layout.criticsSize;
  const goesOn = what === "everything";
  const moment = (name: string) => (goesOn ? (tensors.take(name, [learnt]) as Float32Array) : new Float32Array(learnt));
  const [mean, square] = [moment("adam.mean"), moment("adam.square")];
  const observations = normalizer
    ? takeStatistics(tensors, "observations", layout.observationSize, meta.observationCount)
    : null;
  tensors.requireAllTaken(goesOn ? [] : ["adam.mean", "adam.square"]);
  if (observations) normalizer?.restore(observations);
  const moments = goesOn
    ? { step: meta.adamStep, mean, square, logAlphaMean: meta.logAlphaMean, logAlphaSquare: meta.logAlphaSquare }
    : { step: 0, mean, square, logAlphaMean: 0, logAlphaSquare: 0 };
  return {
    state: { parameters, logAlpha: meta.logAlpha, moments },
    random: meta.random,
    steps: checkpoint.meta.steps,
  };
}
