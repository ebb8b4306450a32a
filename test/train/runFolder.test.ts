import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { InputError } from "../../src/inputError.js";
import { type Checkpoint, encodeCheckpoint } from "../../src/train/checkpoint.js";
import {
  type FolderMode,
  findCheckpoint,
  RunFolder,
  type RunNotes,
  readCheckpoint,
} from "../../src/train/runFolder.js";
import { metadataFor, randomNetwork } from "../policy/randomNetwork.js";

let results: string;
let path: string;
let folder: RunFolder;

const notes: RunNotes = {
  command: "legwork train hopper",
  scene: "hopper",
  trainer: "ppo",
  seed: 3,
  steps: 20,
  wallSeconds: 1.5,
  status: "running",
};

function checkpoint(steps: number): Checkpoint {
  return {
    tensors: { w: { shape: [1], data: new Float32Array([steps]) } },
    meta: { trainer: "ppo", steps, state: null },
  };
}

/** Every file below a folder with its content. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "latin1")]),
  );
}

/** What an earlier run has left. */
function earlierRun(): Record<string, string> {
  folder.open("new");
  folder.writeNotes(notes);
  folder.writeCheckpoint(checkpoint(10), 5);
  folder.writeCheckpoint(checkpoint(20), 5);
  folder.writePolicy(new Uint8Array([1, 2, 3]), 20);
  return contents(path);
}

beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), "legwork-results-"));
  path = join(results, "walk");
  folder = new RunFolder(path);
});

afterEach(() => {
  rmSync(results, { recursive: true });
});

describe("RunFolder", () => {
  it("lets a new run start where there is nothing, or an empty folder", () => {
    folder.check("new");
    expect(readdirSync(results)).toEqual([]);
    mkdirSync(path);
    folder.check("new");
    folder.open("new");
    expect(readdirSync(path)).toEqual(["checkpoints"]);
  });

  it.each<{ mode: FolderMode; prepare: () => void; sentence: string }>([
    {
      mode: "new",
      prepare: earlierRun,
      sentence: "walk exists already; use --resume to go on, --force to replace it, or another --run-id.",
    },
    {
      mode: "new",
      prepare: () => {
        mkdirSync(path);
        writeFileSync(join(path, "thesis.tex"), "");
      },
      sentence: "walk exists already; use --resume to go on, --force to replace it, or another --run-id.",
    },
    { mode: "resume", prepare: () => {}, sentence: "walk; start the run without --resume." },
    {
      mode: "resume",
      prepare: () => {
        folder.open("new");
        folder.writeNotes(notes);
      },
      sentence: "walk; start the run without --resume.",
    },
    {
      mode: "force",
      prepare: () => {
        mkdirSync(path);
        writeFileSync(join(path, "thesis.tex"), "");
      },
      sentence: "walk is not a run of Legwork, so --force does not replace it; choose another --run-id.",
    },
    ...(["new", "resume", "force"] as const).map((mode) => ({
      mode,
      prepare: () => writeFileSync(path, ""),
      sentence: "walk is a file, it must be a folder.",
    })),
  ])("refuses, in one sentence and without touching anything: $mode, $sentence", ({ mode, prepare, sentence }) => {
    prepare();
    const before = contents(results);
    expect(() => folder.check(mode)).toThrow(InputError);
    expect(() => folder.check(mode)).toThrow(sentence);
    expect(contents(results)).toEqual(before);
  });

  it("goes on with an earlier run, or replaces it", () => {
    const before = earlierRun();
    folder.check("resume");
    folder.open("resume");
    expect(contents(path)).toEqual(before);
    expect(folder.latestCheckpoint()).toEqual(checkpoint(20));
    expect(folder.readNotes()).toEqual(notes);

    folder.check("force");
    expect(contents(path)).toEqual(before);
    folder.open("force");
    expect(contents(path)).toEqual({});
    expect(readdirSync(path)).toEqual(["checkpoints"]);
  });

  it("keeps the latest checkpoints, by their steps and not by their names", () => {
    folder.open("new");
    for (const steps of [5, 90, 100, 1000]) folder.writeCheckpoint(checkpoint(steps), 3);
    expect(readdirSync(join(path, "checkpoints")).sort()).toEqual(
      [90, 100, 1000].map((steps) => `checkpoint-${steps}.safetensors`).sort(),
    );
    expect(folder.latestCheckpoint().meta.steps).toBe(1000);
    folder.writePolicy(Uint8Array.of(1), 1000);
    expect(readFileSync(join(path, "checkpoints", "policy-1000.onnx"))).toEqual(readFileSync(folder.policyPath));
    folder.writeCheckpoint(checkpoint(1000), 3);
    folder.writeCheckpoint(checkpoint(2000), 1);
    expect(readdirSync(join(path, "checkpoints"))).toEqual(["checkpoint-2000.safetensors"]);
  });

  it("takes no half-written checkpoint for one", () => {
    earlierRun();
    writeFileSync(join(path, "checkpoints", "checkpoint-30.safetensors.tmp"), "half");
    writeFileSync(join(path, "checkpoints", "notes.txt"), "");
    expect(folder.latestCheckpoint()).toEqual(checkpoint(20));
    writeFileSync(
      join(path, "checkpoints", "checkpoint-30.safetensors"),
      encodeCheckpoint(checkpoint(30)).subarray(0, 50),
    );
    expect(() => folder.latestCheckpoint()).toThrow(InputError);
  });

  it("says so where there is no checkpoint", () => {
    expect(() => folder.latestCheckpoint()).toThrow(new InputError(`There is no checkpoint in ${path}.`));
  });
});

describe("findCheckpoint", () => {
  it("finds a file, a run's folder or a run's id", () => {
    earlierRun();
    const file = join(path, "checkpoints", "checkpoint-10.safetensors");
    expect(findCheckpoint(file, "elsewhere")).toEqual(checkpoint(10));
    expect(findCheckpoint(path, "elsewhere")).toEqual(checkpoint(20));
    expect(findCheckpoint("walk", results)).toEqual(checkpoint(20));
  });

  it("takes a policy that has been exported, as it is", () => {
    const network = randomNetwork({ actionSpec: { continuous: 2, discrete: [] }, seed: 1 });
    const file = join(results, "policy.onnx");
    writeFileSync(file, policyToOnnx(network, metadataFor(network)));
    const { tensors } = findCheckpoint(file, "elsewhere");
    expect([...tensors["actor.0.weight"]!.data]).toEqual([...network.layers[0]!.weights]);
  });

  it("takes the checkpoint that lies beside a policy, if it is of the same policy", () => {
    const network = randomNetwork({ actionSpec: { continuous: 2, discrete: [] }, seed: 1 });
    const metadata = metadataFor(network);
    const file = join(results, "walker.onnx");
    writeFileSync(file, policyToOnnx(network, metadata));
    const beside = (steps: number) =>
      writeFileSync(join(results, "walker.safetensors"), encodeCheckpoint(checkpoint(steps)));
    beside(metadata.steps);
    expect(findCheckpoint(file, "elsewhere")).toEqual(checkpoint(metadata.steps));
    beside(metadata.steps + 1);
    expect(findCheckpoint(file, "elsewhere").tensors["actor.0.weight"]).toBeDefined();
  });

  it("says what it could not find", () => {
    const missing = join(results, "none.safetensors");
    expect(() => readCheckpoint(missing)).toThrow(new InputError(`There is no checkpoint ${missing}.`));
    expect(() => findCheckpoint(missing, results)).toThrow(InputError);
    expect(() => findCheckpoint("run", results)).toThrow(
      new InputError(
        `There is nothing to initialize from at "run"; give a run id of ${results}, a run's folder, a .safetensors checkpoint, or an .onnx policy.`,
      ),
    );
    const policy = join(results, "none.onnx");
    expect(() => findCheckpoint(policy, results)).toThrow(new InputError(`There is no policy ${policy}.`));
    mkdirSync(join(results, "empty"));
    expect(() => findCheckpoint("empty", results)).toThrow(/There is no checkpoint in .*empty/);
  });
});
