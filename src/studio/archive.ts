import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { isMap, parseDocument } from "yaml";
import { InputError } from "../inputError.js";
import { decodeCheckpoint } from "../train/checkpoint.js";
import { type MetricRecord, metricLine, parseMetrics } from "../train/log/metrics.js";
import { checkpointName, checkpointSteps, RUN_FILES } from "../train/runFiles.js";
import type { RunFile } from "./client.js";
import { type SheetRow, settingsOf } from "./rewards/sheet.js";
import type { StoredCheckpoint, StoredRun } from "./store.js";

/** A run with everything that belongs to it. */
export interface WholeRun {
  readonly run: StoredRun;
  readonly records: readonly MetricRecord[];
  readonly checkpoint: StoredCheckpoint | null;
  /** An ONNX file. */
  readonly policy: Uint8Array | null;
}

/** What the command line does not know of; it leaves the file alone. */
const STUDIO_FILE = "studio.json";

/** The folder of a run, as the command line has it and goes on with, as a zip archive. */
export function packRun({ run, records, checkpoint, policy }: WholeRun): Uint8Array {
  const { id, scene, gait, trainer, seed, steps, wallSeconds, status, configuration, rewards } = run;
  const notes = {
    command: `npx legwork train ${scene}${gait ? ` --gait ${gait}` : ""} --seed ${seed} --run-id ${id}`,
    scene,
    ...(gait ? { gait } : {}),
    trainer,
    seed,
    steps,
    wallSeconds,
    status: status === "solved" || status === "finished" ? status : "stopped",
  };
  const files = {
    [RUN_FILES.notes]: strToU8(`${JSON.stringify(notes, null, 2)}\n`),
    [RUN_FILES.config]: strToU8(withRewards(configuration, rewards)),
    [RUN_FILES.metrics]: strToU8(records.map(metricLine).join("")),
    [STUDIO_FILE]: strToU8(`${JSON.stringify({ rewards }, null, 2)}\n`),
    ...(checkpoint ? { [checkpointPath(checkpoint.steps)]: checkpoint.bytes } : {}),
    ...(policy ? { [RUN_FILES.policy]: policy } : {}),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${id}/${path}`, bytes])));
}

function checkpointPath(steps: number): string {
  return `${RUN_FILES.checkpoints}/${checkpointName(steps)}`;
}

/** The configuration with the rewards as they are now; terms of code are not for files. */
function withRewards(configuration: string, rows: readonly SheetRow[]): string {
  const document = parseDocument(configuration);
  const behaviors = document.get("behaviors");
  if (!isMap(behaviors)) return configuration;
  const written = settingsOf(rows.filter(({ kind }) => kind !== "code"));
  for (const { key } of behaviors.items) document.setIn(["behaviors", key, "legwork", "rewards"], written);
  return document.toString();
}

/** The files of an archive by their paths in the run's folder. @throws InputError when it is no zip archive */
export function unpackArchive(bytes: Uint8Array, name: string): RunFile[] {
  try {
    const entries = Object.entries(unzipSync(bytes)).filter(([path]) => !path.endsWith("/"));
    return entries.map(([path, content]) => ({ path, bytes: content }));
  } catch {
    throw new InputError(`${name} is not a zip archive; give one that holds a run's folder.`);
  }
}

/**
 * Reads a run's folder, whoever has written it: the Studio or the command line.
 * @throws InputError when it is none
 */
export function readRun(
  files: readonly RunFile[],
  maxStepsOf: (configuration: string) => number,
): Omit<WholeRun, "run"> & { readonly run: Omit<StoredRun, "rewards">; readonly rewards: readonly SheetRow[] | null } {
  const notesFile = files.find(({ path }) => path.split("/").at(-1) === RUN_FILES.notes);
  if (!notesFile) throw new InputError(`This is not a run of Legwork: there is no ${RUN_FILES.notes} in it.`);
  const folder = notesFile.path.slice(0, -RUN_FILES.notes.length);
  const find = (path: string) => files.find((file) => file.path === folder + path)?.bytes ?? null;
  const text = (path: string) => {
    const bytes = find(path);
    if (!bytes) throw new InputError(`This is not a whole run of Legwork: there is no ${path} in it.`);
    return strFromU8(bytes);
  };
  const notes = parse(strFromU8(notesFile.bytes), RUN_FILES.notes);
  const configuration = text(RUN_FILES.config);
  const records = parseMetrics(text(RUN_FILES.metrics), RUN_FILES.metrics);
  const checkpoints = `${folder}${RUN_FILES.checkpoints}/`;
  const names = files.flatMap(({ path }) => (path.startsWith(checkpoints) ? path.slice(checkpoints.length) : []));
  const steps = checkpointSteps(names).at(-1) ?? 0;
  const bytes = find(checkpointPath(steps));
  if (bytes) decodeCheckpoint(bytes, checkpointName(steps));
  const studio = find(STUDIO_FILE);
  return {
    run: {
      id: folder.split("/").at(-2) ?? "run",
      scene: String(notes.scene),
      gait: typeof notes.gait === "string" ? notes.gait : null,
      trainer: String(notes.trainer),
      seed: Number(notes.seed),
      steps,
      maxSteps: maxStepsOf(configuration),
      status: "stopped",
      return: null,
      startedAt: Date.now(),
      parent: null,
      configuration,
      wallSeconds: Number(notes.wallSeconds),
    },
    rewards: studio ? (parse(strFromU8(studio), STUDIO_FILE).rewards as readonly SheetRow[]) : null,
    records,
    checkpoint: bytes ? { bytes, steps } : null,
    policy: find(RUN_FILES.policy),
  };
}

function parse(json: string, file: string): Record<string, unknown> {
  try {
    return JSON.parse(json);
  } catch {
    throw new InputError(`This is not a whole run of Legwork: its ${file} cannot be read.`);
  }
}
