import type { AdamState } from "../../nn/adam.js";
import type { LayerPlace } from "../../nn/layerPlaces.js";
import type { RunningStatistics } from "../../nn/runningStatistics.js";
import type { Activation } from "../../policy/network.js";
import type { RandomState } from "../../random.js";
import { type Checkpoint, CheckpointReader, type CheckpointTensor, checkOrigin } from "../checkpoint.js";
import { layerTensors, statisticsTensors, takeLayers, takeStatistics, vector } from "../checkpointTensors.js";
import type { ActorCriticLayout } from "./layout.js";
import { freshAdam, type OffPolicyState, type Temperature } from "./learner.js";

interface OffPolicyMeta {
  readonly activation: Activation;
  readonly random: RandomState;
  readonly adamSteps: { readonly actor: number; readonly critics: number };
  readonly temperature?: Temperature;
  readonly observationCount: number | null;
}

/** What of an off-policy run is saved. What it remembers of its experience is not: it collects anew. */
export interface OffPolicyRun {
  /** The algorithm's `trainer_type`. */
  readonly trainer: string;
  readonly layout: ActorCriticLayout;
  readonly normalizer: RunningStatistics | null;
  readonly random: RandomState;
  readonly steps: number;
}

/** The networks by their names in a checkpoint. */
function networksOf({ actor, critics, targetActor, targetCritics }: ActorCriticLayout) {
  const networks: Record<string, readonly LayerPlace[]> = { actor };
  critics.forEach((critic, i) => {
    networks[`critics.${i}`] = critic;
  });
  if (targetActor) networks["targets.actor"] = targetActor;
  targetCritics.forEach((critic, i) => {
    networks[`targets.${i}`] = critic;
  });
  return Object.entries(networks);
}

export function offPolicyCheckpoint(run: OffPolicyRun, { parameters, adam, temperature }: OffPolicyState): Checkpoint {
  const { trainer, layout, normalizer, random, steps } = run;
  const tensors: Record<string, CheckpointTensor> = {
    ...Object.assign({}, ...networksOf(layout).map(([name, places]) => layerTensors(name, places, parameters))),
    ...statisticsTensors("observations", normalizer),
  };
  for (const part of ["actor", "critics"] as const) {
    tensors[`adam.${part}.mean`] = vector(adam[part].mean);
    tensors[`adam.${part}.square`] = vector(adam[part].square);
  }
  const meta: OffPolicyMeta = {
    activation: layout.activation,
    random,
    adamSteps: { actor: adam.actor.step, critics: adam.critics.step },
    ...(temperature && { temperature }),
    observationCount: normalizer?.state().count ?? null,
  };
  return { tensors, meta: { trainer, steps, state: meta } };
}

/**
 * What a checkpoint says, with the normaliser restored.
 * @param what `networks` takes over the networks, the temperature and the normaliser only
 * @throws InputError when the checkpoint is of another trainer or network; nothing has changed then
 */
export function readOffPolicyCheckpoint(
  checkpoint: Checkpoint,
  { trainer, layout, normalizer }: Pick<OffPolicyRun, "trainer" | "layout" | "normalizer">,
  what: "networks" | "everything",
): { readonly state: OffPolicyState; readonly random: RandomState; readonly steps: number } {
  checkOrigin(checkpoint, [trainer], layout.activation);
  const meta = checkpoint.meta.state as OffPolicyMeta;
  const tensors = new CheckpointReader(checkpoint);
  const parameters = new Float32Array(layout.size);
  for (const [name, places] of networksOf(layout)) takeLayers(tensors, name, places, parameters);
  const goesOn = what === "everything";
  const adamOf = (part: "actor" | "critics", size: number): AdamState => {
    if (!goesOn) return freshAdam(size);
    const moment = (name: string) => tensors.take(`adam.${part}.${name}`, [size]) as Float32Array;
    return { step: meta.adamSteps[part], mean: moment("mean"), square: moment("square") };
  };
  const { actorSize, learntSize } = layout;
  const adam = { actor: adamOf("actor", actorSize), critics: adamOf("critics", learntSize - actorSize) };
  const observations = normalizer
    ? takeStatistics(tensors, "observations", layout.observationSize, meta.observationCount)
    : null;
  const moments = ["actor", "critics"].flatMap((part) => [`adam.${part}.mean`, `adam.${part}.square`]);
  tensors.requireAllTaken(goesOn ? [] : moments);
  if (observations) normalizer?.restore(observations);
  const { temperature } = meta;
  return {
    state: {
      parameters,
      adam,
      ...(temperature && { temperature: goesOn ? temperature : { ...temperature, mean: 0, square: 0 } }),
    },
    random: meta.random,
    steps: checkpoint.meta.steps,
  };
}
