import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MetricRecord } from "../../src/train/log/metrics.js";
import { type LoopHooks, trainLoopAsync } from "../../src/train/loop.js";
import type { OnPolicyTrainer } from "../../src/train/onPolicy/trainer.js";
import { RunFolder } from "../../src/train/runFolder.js";
import { TrainingDivergedError } from "../../src/train/trainer.js";
import { DRILL_ROWS, drillConfig, startDrillTrainerAsync } from "../support/drillTrainer.js";
import { drill } from "../support/envs/drill.js";

/** Steps of so many iterations. */
const iterations = (count: number) => count * DRILL_ROWS;

interface LoopSettings {
  readonly maxIterations: number;
  readonly summaryIterations?: number;
  readonly checkpointIterations?: number;
}

interface Happened {
  readonly what: string;
  readonly step: number;
}

let trainer: OnPolicyTrainer;

/** Runs the loop on the trainer and notes what the hooks were told, in order. */
function loop(settings: LoopSettings, changes: Partial<LoopHooks> = {}, abort = new AbortController()) {
  const config = {
    ...drillConfig({ maxSteps: iterations(settings.maxIterations) }),
    summaryFreq: iterations(settings.summaryIterations ?? 1),
    checkpointInterval: iterations(settings.checkpointIterations ?? 100),
  };
  const happened: Happened[] = [];
  const records: MetricRecord[] = [];
  const hooks: LoopHooks = {
    onRecord: (record) => {
      records.push(record);
      happened.push({ what: "record", step: record.step });
      changes.onRecord?.(record);
    },
    onCheckpointAsync: async () => {
      happened.push({ what: "checkpoint", step: trainer.steps });
      await changes.onCheckpointAsync?.();
    },
    isSolvedAsync: changes.isSolvedAsync ?? (async () => false),
  };
  const run = trainLoopAsync(trainer, config, hooks, abort.signal, 1000);
  return { run, happened, records };
}

const of = (happened: readonly Happened[], what: string) =>
  happened.flatMap((entry) => (entry.what === what ? [entry.step / DRILL_ROWS] : []));

beforeEach(async () => {
  trainer = await startDrillTrainerAsync();
});

afterEach(() => {
  trainer.dispose();
});

describe("trainLoopAsync", () => {
  it("iterates to max_steps and saves at the end", async () => {
    const { run, happened } = loop({ maxIterations: 3, summaryIterations: 2 });
    expect(await run).toBe("finished");
    expect(trainer.steps).toBe(iterations(3));
    // A record every two iterations, and one of what is left.
    expect(of(happened, "record")).toEqual([2, 3]);
    expect(of(happened, "checkpoint")).toEqual([3]);
    expect(happened.at(-1)!.what).toBe("checkpoint");
  });

  it("saves every checkpoint_interval", async () => {
    const { run, happened } = loop({ maxIterations: 5, checkpointIterations: 2 });
    await run;
    expect(of(happened, "checkpoint")).toEqual([2, 4, 5]);
  });

  it("records the episodes since the last record, and the time with that of before", async () => {
    const { run, records } = loop({ maxIterations: 2, summaryIterations: 2 });
    await run;
    expect(records.length).toBe(1);
    expect(records[0]!.values["Environment/Episode Length"]).toBe(4);
    expect(records[0]!.values["Performance/Steps per Second"]).toBeGreaterThan(0);
    expect(records[0]!.wallSeconds).toBeGreaterThan(1000);
  });

  it("ends once a record shows that the task is solved, and saves", async () => {
    const asked: number[] = [];
    const { run, happened } = loop(
      { maxIterations: 100, summaryIterations: 2 },
      {
        isSolvedAsync: async ({ step }) => {
          asked.push(step / DRILL_ROWS);
          return step >= iterations(4);
        },
      },
    );
    expect(await run).toBe("solved");
    expect(asked).toEqual([2, 4]);
    expect(of(happened, "checkpoint")).toEqual([4]);
  });

  it("ends after the iteration under way when it is stopped from outside, and saves", async () => {
    await trainer.iterateAsync(); // which also loads what is loaded only once
    const abort = new AbortController();
    // A timer, as of a signal: the loop has to let it in.
    setTimeout(() => abort.abort(), 0);
    const { run, happened } = loop({ maxIterations: 20 }, {}, abort);
    expect(await run).toBe("stopped");
    expect(trainer.steps).toBe(iterations(2));
    expect(happened.at(-1)).toEqual({ what: "checkpoint", step: iterations(2) });
  });

  it("does nothing but save when it was stopped before", async () => {
    const abort = new AbortController();
    abort.abort();
    const { run, happened } = loop({ maxIterations: 5 }, {}, abort);
    expect(await run).toBe("stopped");
    expect(happened).toEqual([{ what: "checkpoint", step: 0 }]);
  });

  it("goes on from where the trainer is", async () => {
    await loop({ maxIterations: 3 }).run;
    const { run, happened } = loop({ maxIterations: 8, summaryIterations: 2, checkpointIterations: 2 });
    expect(await run).toBe("finished");
    expect(of(happened, "record")).toEqual([5, 7, 8]);
    expect(of(happened, "checkpoint")).toEqual([5, 7, 8]);
  });

  it("leaves the last good checkpoint when training diverges", async () => {
    let steps = 0;
    const task = {
      ...drill,
      step: (...[state, action, random]: Parameters<typeof drill.step>) => {
        const { reward, terminated } = drill.step(state, action, random);
        return { reward: steps++ < iterations(3) ? reward : Number.NaN, terminated };
      },
    };
    trainer.dispose();
    trainer = await startDrillTrainerAsync({ task });
    const results = mkdtempSync(join(tmpdir(), "legwork-loop-"));
    try {
      const folder = new RunFolder(join(results, "run"));
      folder.open("new");
      const { run, happened } = loop(
        { maxIterations: 9, checkpointIterations: 2 },
        { onCheckpointAsync: async () => folder.writeCheckpoint(await trainer.checkpointAsync(), 5) },
      );
      await expect(run).rejects.toThrow(TrainingDivergedError);
      expect(of(happened, "checkpoint")).toEqual([2]);
      const { tensors, meta } = folder.latestCheckpoint();
      expect(meta.steps).toBe(iterations(2));
      for (const { data } of Object.values(tensors)) expect(data.every(Number.isFinite)).toBe(true);
      trainer.restore(folder.latestCheckpoint());
      const { layers } = await trainer.networkAsync();
      expect(layers.every(({ weights }) => weights.every(Number.isFinite))).toBe(true);
    } finally {
      rmSync(results, { recursive: true });
    }
  });
});
