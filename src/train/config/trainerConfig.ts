import { stringify } from "yaml";
import { z } from "zod";
import { InputError } from "../../inputError.js";
import { a2cSchema } from "../a2c/config.js";
import { a3cSchema } from "../a3c/config.js";
import { cemSchema } from "../cem/config.js";
import { cmaEsSchema } from "../cmaEs/config.js";
import { ddpgSchema } from "../ddpg/config.js";
import { npgSchema, tnpgSchema, trpoSchema } from "../naturalGradient/config.js";
import { ppoKlSchema, ppoSchema } from "../ppo/config.js";
import { qActorCriticSchema } from "../qActorCritic/config.js";
import { reinforceSchema } from "../reinforce/config.js";
import { repsSchema } from "../reps/config.js";
import { rwrSchema } from "../rwr/config.js";
import { sacSchema } from "../sac/config.js";
import { td3Schema } from "../td3/config.js";
import { commonLegworkKeys } from "./commonKeys.js";
import {
  type ConfiguredParameter,
  environmentParametersSchema,
  formatEnvironmentParameters,
} from "./environmentParameters.js";
import { isMapping, type Mapping, section, validate, valueAt } from "./fields.js";
import { type CamelKeys, camelKeys, snakeKeys } from "./keyNames.js";
import { parseYaml } from "./parseYaml.js";

/** The trainers by their `trainer_type`. A new trainer is one file with its schema, one entry here and its type below. */
const trainerSchemas = {
  ppo: ppoSchema,
  "ppo-kl": ppoKlSchema,
  trpo: trpoSchema,
  tnpg: tnpgSchema,
  npg: npgSchema,
  a2c: a2cSchema,
  a3c: a3cSchema,
  "q-actor-critic": qActorCriticSchema,
  reinforce: reinforceSchema,
  sac: sacSchema,
  td3: td3Schema,
  ddpg: ddpgSchema,
  rwr: rwrSchema,
  reps: repsSchema,
  cem: cemSchema,
  "cma-es": cmaEsSchema,
};

export type TrainerName = keyof typeof trainerSchemas;

/** A validated behaviour: the keys of its schema in camelCase, and what the file says outside of it. */
type Resolved<S extends z.ZodType> = CamelKeys<z.output<S>> & {
  /** The behaviour's name in the file. */
  readonly behavior: string;
  /** What the scene reads, from `environment_parameters`. */
  readonly environmentParameters: Readonly<Record<string, ConfiguredParameter>>;
};

/** Told apart by `trainerType`. */
export type TrainerConfig = { [T in TrainerName]: Resolved<(typeof trainerSchemas)[T]> }[TrainerName];
/** Of PPO with either objective. */
export type PpoConfig = Extract<TrainerConfig, { trainerType: "ppo" | "ppo-kl" }>;
export type NaturalGradientConfig = Extract<TrainerConfig, { trainerType: "trpo" | "tnpg" | "npg" }>;
export type A2cConfig = Extract<TrainerConfig, { trainerType: "a2c" }>;
export type A3cConfig = Extract<TrainerConfig, { trainerType: "a3c" }>;
export type QActorCriticConfig = Extract<TrainerConfig, { trainerType: "q-actor-critic" }>;
export type ReinforceConfig = Extract<TrainerConfig, { trainerType: "reinforce" }>;
/** Of the trainers that learn from what the present policy has just done. */
export type OnPolicyConfig =
  | PpoConfig
  | NaturalGradientConfig
  | A2cConfig
  | A3cConfig
  | QActorCriticConfig
  | ReinforceConfig;
export type SacConfig = Extract<TrainerConfig, { trainerType: "sac" }>;
export type Td3Config = Extract<TrainerConfig, { trainerType: "td3" }>;
export type DdpgConfig = Extract<TrainerConfig, { trainerType: "ddpg" }>;
/** Of the trainers that learn from a replay buffer. */
export type OffPolicyConfig = SacConfig | Td3Config | DdpgConfig;
export type RwrConfig = Extract<TrainerConfig, { trainerType: "rwr" }>;
export type RepsConfig = Extract<TrainerConfig, { trainerType: "reps" }>;
export type CemConfig = Extract<TrainerConfig, { trainerType: "cem" }>;
export type CmaEsConfig = Extract<TrainerConfig, { trainerType: "cma-es" }>;
/** Of the trainers that search over the parameters of a policy. */
export type PopulationConfig = RwrConfig | RepsConfig | CemConfig | CmaEsConfig;

/** A trainer file that is laid over another one: what a gait changes, what another trainer needs. */
export interface Overlay {
  readonly text: string;
  /** Its name, for messages. */
  readonly source: string;
}

/** Values of the command line, which win over the files. */
export interface TrainerOverrides {
  readonly trainer?: string | undefined;
  readonly maxSteps?: number | undefined;
  readonly numWorkers?: number | undefined;
  readonly numAgents?: number | undefined;
}

const overrideKeys = [
  { option: "trainer", flag: "--trainer", path: "trainer_type" },
  { option: "maxSteps", flag: "--max-steps", path: "max_steps" },
  { option: "numWorkers", flag: "--num-workers", path: "legwork.num_workers" },
  { option: "numAgents", flag: "--num-agents", path: "legwork.num_agents" },
] as const;

const settings = z.record(z.string(), z.unknown(), "must be a mapping of a behaviour's settings");

/** The whole file; what a behaviour holds is validated by its trainer's schema. */
const fileSchema = section(
  {
    behaviors: z.record(z.string(), settings, "must be a mapping of behaviour names to their settings").default({}),
    default_settings: settings.nullable().default(null),
    environment_parameters: environmentParametersSchema,
  },
  { env_settings: [], engine_settings: [], torch_settings: [], checkpoint_settings: [], debug: [false] },
);

/**
 * Reads a trainer file in the shape of ML-Agents: YAML → checked, with all defaults filled in. As in ML-Agents,
 * `default_settings` lies below the behaviour's own settings and stands in for a named behaviour that is absent.
 * Where the chosen trainer is another one than a file is written for, only what all trainers share is taken from that
 * file. Throws an `InputError` with one sentence: which key of which file, the value given, what is allowed.
 *
 * @param text the YAML
 * @param source the file's name, for messages
 * @param behavior which entry of `behaviors` is meant; may be left out when there is just one
 * @param overlays files whose settings of the same behaviour and environment parameters lie above this one's, and each
 * above those before it
 */
export function loadTrainerConfig(
  text: string,
  source: string,
  behavior?: string,
  overrides: TrainerOverrides = {},
  overlays: readonly Overlay[] = [],
): TrainerConfig {
  const file = readFile(text, source);
  const name = behavior ?? onlyBehavior(Object.keys(file.behaviors), source);
  const own = Object.hasOwn(file.behaviors, name) ? file.behaviors[name]! : undefined;
  if (!own && !file.default_settings) {
    const names = Object.keys(file.behaviors).join(", ") || "none";
    throw new InputError(
      `${source}: behaviors.${name} is missing, must be one of the behaviours in the file: ${names}`,
    );
  }

  const above = overlays.map((overlay) => ({ ...readFile(overlay.text, overlay.source), source: overlay.source }));
  for (const { behaviors, source } of above) {
    for (const other of Object.keys(behaviors)) {
      if (other !== name) throw new InputError(`${source}: behaviors.${other} has no effect, must be ${name}`);
    }
  }
  const layers: Layer[] = [
    { prefix: `${source}: default_settings`, written: file.default_settings ?? {} },
    { prefix: `${source}: behaviors.${name}`, written: own ?? {} },
    ...above.map(({ source, behaviors }) => ({
      prefix: `${source}: behaviors.${name}`,
      written: behaviors[name] ?? {},
    })),
  ].map(({ prefix, written }) => ({ prefix, written, settings: withCanonicalNames(written, prefix) }));
  let flags: Mapping = {};
  for (const { option, path } of overrideKeys) {
    if (overrides[option] !== undefined) flags = overlay(flags, nested(path.split("."), overrides[option]));
  }
  const locate = (path: readonly PropertyKey[]) => {
    const flag = overrideKeys.find((key) => key.path === path.join(".") && overrides[key.option] !== undefined);
    return flag?.flag ?? placeOf(path, layers) ?? [`${source}: behaviors.${name}`, ...path].join(".");
  };
  const settings = resolve(layersFor(overrides.trainer, layers, locate), flags, locate);
  return {
    behavior: name,
    ...settings,
    environmentParameters: Object.assign(
      {},
      file.environment_parameters,
      ...above.map((overlay) => overlay.environment_parameters),
    ),
  };
}

/** A behaviour's settings in one file. */
interface Layer {
  /** Where they are, for messages. */
  readonly prefix: string;
  readonly written: Mapping;
  /** The same under canonical names, as far as they concern the trainer. */
  readonly settings: Mapping;
}

type Locate = (path: readonly PropertyKey[]) => string;

/** The layers as a trainer reads them that may be another one than they are written for; undefined: theirs. */
function layersFor(trainer: string | undefined, layers: readonly Layer[], locate: Locate): readonly Layer[] {
  const [defaults, own] = layers;
  const ofFile = own!.settings.trainer_type ?? defaults!.settings.trainer_type;
  if (trainer === undefined || ofFile === undefined || ofFile === trainer) return layers;
  const isForIt = ({ settings }: Layer) => (settings.trainer_type ?? ofFile) === trainer;
  // What is left aside is checked as well: a slip of the pen there is none the better for it.
  resolve(
    layers.filter((layer) => !isForIt(layer)),
    {},
    locate,
  );
  return layers.map((layer) => (isForIt(layer) ? layer : { ...layer, settings: sharedSettings(layer.settings) }));
}

/** What all trainers understand. */
function sharedSettings({ trainer_type: _, hyperparameters: __, legwork, ...shared }: Mapping): Mapping {
  if (!isMapping(legwork)) return shared;
  const common = Object.entries(legwork).filter(([key]) => Object.hasOwn(commonLegworkKeys, key));
  return { ...shared, legwork: Object.fromEntries(common) };
}

/** Lays the layers and the flags over each other and checks them by the schema of the trainer that they name. */
function resolve(layers: readonly Layer[], flags: Mapping, locate: Locate) {
  let merged: Mapping = { trainer_type: "ppo" };
  for (const { settings } of layers) merged = overlay(merged, settings);
  merged = overlay(merged, flags);
  const trainerNames = Object.keys(trainerSchemas) as TrainerName[];
  const { trainer_type } = validate(
    z.looseObject({ trainer_type: z.enum(trainerNames, `must be one of: ${trainerNames.join(", ")}`) }),
    merged,
    locate,
  );
  return camelKeys(validate(trainerSchemas[trainer_type], merged, locate));
}

/** The topmost layer that has a value at `path`, and the path as it is spelt there. */
function placeOf(path: readonly PropertyKey[], layers: readonly Layer[]): string | undefined {
  for (const { prefix, written } of layers.toReversed()) {
    for (const spelling of [path, path.map((key) => (key === "lambd" ? "lambda" : key))]) {
      if (valueAt(written, spelling) !== undefined) return [prefix, ...spelling].join(".");
    }
  }
  return undefined;
}

/** The configuration as YAML in the shape of ML-Agents, every value written out; `loadTrainerConfig` gives it back. */
export function formatTrainerConfig(config: TrainerConfig): string {
  const { behavior, environmentParameters, ...settings } = config;
  return stringify({
    behaviors: { [behavior]: snakeKeys(settings) },
    environment_parameters: formatEnvironmentParameters(environmentParameters),
  });
}

function readFile(text: string, source: string) {
  return validate(fileSchema, parseYaml(text, source), (path) =>
    path.length === 0 ? `${source}: the document` : `${source}: ${path.join(".")}`,
  );
}

function onlyBehavior(names: readonly string[], source: string): string {
  if (names.length === 1) return names[0]!;
  const found = names.length === 0 ? "holds no behaviour" : `holds ${names.length} behaviours (${names.join(", ")})`;
  throw new InputError(`${source}: behaviors ${found}, must hold exactly one unless one is chosen by name`);
}

/** `hyperparameters.lambda`, as many files have it, under ML-Agents' name `lambd`. */
function withCanonicalNames(layer: Mapping, prefix: string): Mapping {
  const { hyperparameters } = layer;
  if (!isMapping(hyperparameters) || !Object.hasOwn(hyperparameters, "lambda")) return layer;
  if (Object.hasOwn(hyperparameters, "lambd")) {
    throw new InputError(`${prefix}.hyperparameters has both lambd and lambda, must have one of them`);
  }
  const { lambda, ...others } = hyperparameters;
  return { ...layer, hyperparameters: { ...others, lambd: lambda } };
}

/** `above` over `below`, mappings merged level by level. */
function overlay(below: Mapping, above: Mapping): Mapping {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const covered = merged.get(key);
    merged.set(key, isMapping(covered) && isMapping(value) ? overlay(covered, value) : value);
  }
  return Object.fromEntries(merged);
}

/** `value` as the only leaf of nested mappings. */
function nested(path: readonly string[], value: unknown): Mapping {
  const [key, ...rest] = path;
  return { [key!]: rest.length === 0 ? value : nested(rest, value) };
}
