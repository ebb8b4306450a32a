import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../inputError.js";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import { writeFileAtomically } from "./log/atomicFile.js";
import { checkpointOfPolicy } from "./onPolicy/policyCheckpoint.js";
import { checkpointName, checkpointSteps, RUN_FILES } from "./runFiles.js";

/** What a run notes about itself in `run.json`, for resuming and for model cards. */
export interface RunNotes {
  /** The command line that made the run. */
  readonly command: string;
  readonly scene: string;
  /** Name of the gait; absent: the scene's own. */
  readonly gait?: string;
  readonly trainer: string;
  readonly seed: number;
  readonly steps: number;
  readonly wallSeconds: number;
  /** `running` while it runs, and after a crash. */
  readonly status: "running" | "solved" | "finished" | "stopped" | "diverged";
}

/** How a run treats a results folder that exists already. */
export type FolderMode = "new" | "resume" | "force";

/** `results/<run-id>/`: configuration, checkpoints, metrics, policy and report of one training run. */
export class RunFolder {
  readonly policyPath: string;
  readonly configPath: string;
  readonly metricsPath: string;
  private readonly checkpointsPath: string;
  private readonly notesPath: string;

  constructor(readonly path: string) {
    this.policyPath = join(path, RUN_FILES.policy);
    this.configPath = join(path, RUN_FILES.config);
    this.metricsPath = join(path, RUN_FILES.metrics);
    this.checkpointsPath = join(path, RUN_FILES.checkpoints);
    this.notesPath = join(path, RUN_FILES.notes);
  }

  /**
   * Checks that the folder suits the mode, without touching it.
   * @throws InputError when a new run would overwrite an old one, or there is nothing to resume
   */
  check(mode: FolderMode): void {
    const exists = existsSync(this.path);
    if (exists && !statSync(this.path).isDirectory())
      throw new InputError(`${this.path} is a file, it must be a folder.`);
    if (mode === "resume" && !this.canResume()) {
      throw new InputError(`There is no checkpoint to resume in ${this.path}; start the run without --resume.`);
    }
    const occupied = exists && readdirSync(this.path).length > 0;
    if (mode === "new" && occupied) {
      throw new InputError(
        `${this.path} exists already; use --resume to go on, --force to replace it, or another --run-id.`,
      );
    }
    if (mode === "force" && occupied && !existsSync(this.notesPath)) {
      throw new InputError(
        `${this.path} is not a run of Legwork, so --force does not replace it; choose another --run-id.`,
      );
    }
  }

  /** Makes the folder ready; with `force` the earlier run is deleted. */
  open(mode: FolderMode): void {
    if (mode === "force") rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.checkpointsPath, { recursive: true });
  }

  writeNotes(notes: RunNotes): void {
    writeFileAtomically(this.notesPath, `${JSON.stringify(notes, null, 2)}\n`);
  }

  readNotes(): RunNotes {
    return JSON.parse(readFileSync(this.notesPath, "utf8"));
  }

  /** Writes the checkpoint and deletes the oldest ones beyond `keep`, with their policies. */
  writeCheckpoint(checkpoint: Checkpoint, keep: number): void {
    writeFileAtomically(this.checkpointPath(checkpoint.meta.steps), encodeCheckpoint(checkpoint));
    for (const steps of this.checkpointSteps().slice(0, -keep)) {
      rmSync(this.checkpointPath(steps));
      rmSync(this.checkpointPolicyPath(steps), { force: true });
    }
  }

  /** Writes the policy of the checkpoint after so many steps, beside it and as the run's own. */
  writePolicy(onnx: Uint8Array, steps: number): void {
    writeFileAtomically(this.checkpointPolicyPath(steps), onnx);
    writeFileAtomically(this.policyPath, onnx);
  }

  /** Whether there is a checkpoint. */
  canResume(): boolean {
    return this.checkpointSteps().length > 0;
  }

  /** @throws InputError when there is none, or it is broken */
  latestCheckpoint(): Checkpoint {
    return readCheckpoint(this.latestCheckpointPath());
  }

  /** @throws InputError when there is none */
  latestCheckpointPath(): string {
    const steps = this.checkpointSteps().at(-1);
    if (steps === undefined) throw new InputError(`There is no checkpoint in ${this.path}.`);
    return this.checkpointPath(steps);
  }

  private checkpointPath(steps: number): string {
    return join(this.checkpointsPath, checkpointName(steps));
  }

  private checkpointPolicyPath(steps: number): string {
    return join(this.checkpointsPath, `policy-${steps}.onnx`);
  }

  private checkpointSteps(): number[] {
    return existsSync(this.checkpointsPath) ? checkpointSteps(readdirSync(this.checkpointsPath)) : [];
  }
}

/** @throws InputError when the file is missing or not a checkpoint */
export function readCheckpoint(path: string): Checkpoint {
  if (!existsSync(path)) throw new InputError(`There is no checkpoint ${path}.`);
  return decodeCheckpoint(readFileSync(path), path);
}

/**
 * The checkpoint that `--initialize-from` or `init_path` means: a .safetensors file, an ONNX policy (with the critic, where
 * its checkpoint lies beside it under the same name), a run's folder, or a run's id.
 * @throws InputError when it is none of these
 */
export function findCheckpoint(from: string, resultsFolder: string): Checkpoint {
  if (from.endsWith(".safetensors")) return readCheckpoint(from);
  if (from.endsWith(".onnx")) {
    if (!existsSync(from)) throw new InputError(`There is no policy ${from}.`);
    const policy = checkpointOfPolicy(new Uint8Array(readFileSync(from)), from);
    // Published models may have theirs beside them, with the critic.
    const beside = from.replace(/onnx$/, "safetensors");
    const whole = existsSync(beside) ? readCheckpoint(beside) : null;
    return whole?.meta.steps === policy.meta.steps ? whole : policy;
  }
  for (const folder of [from, join(resultsFolder, from)]) {
    if (existsSync(folder) && statSync(folder).isDirectory()) return new RunFolder(folder).latestCheckpoint();
  }
  throw new InputError(
    `There is nothing to initialize from at "${from}"; give a run id of ${resultsFolder}, a run's folder, a .safetensors checkpoint, or an .onnx policy.`,
  );
}
