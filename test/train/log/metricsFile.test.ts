import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/inputError.js";
import type { MetricRecord } from "../../../src/train/log/metrics.js";
import { openMetricsFile, readMetrics } from "../../../src/train/log/metricsFile.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-metrics-"));
  path = join(folder, "metrics.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (step: number): MetricRecord => ({
  step,
  wallSeconds: step / 100,
  values: { "Environment/Cumulative Reward": step / 3, "Policy/Approximate KL": 1e-9 },
});

describe("openMetricsFile", () => {
  it("writes one flat JSON object a line, readable before it is closed", () => {
    openMetricsFile(path).write({
      step: 2048,
      wallSeconds: 1.5,
      values: { "Policy/Entropy": 0.25, "Reward/alive": 1 },
    });
    expect(readFileSync(path, "utf8")).toBe('{"step":2048,"wallSeconds":1.5,"Policy/Entropy":0.25,"Reward/alive":1}\n');
  });

  it("gives back exactly what was written", () => {
    const file = openMetricsFile(path);
    for (const step of [100, 200]) file.write(record(step));
    file.close();
    expect(readMetrics(path)).toEqual([record(100), record(200)]);
  });

  it("writes null for what is not finite and reads it as NaN", () => {
    const values = { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY, d: 0 };
    openMetricsFile(path).write({ step: 1, wallSeconds: 0, values });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      step: 1,
      wallSeconds: 0,
      a: null,
      b: null,
      c: null,
      d: 0,
    });
    expect(readMetrics(path)[0]?.values).toEqual({ a: Number.NaN, b: Number.NaN, c: Number.NaN, d: 0 });
  });

  it("drops the records after the step at which a run resumes", () => {
    const first = openMetricsFile(path);
    for (const step of [100, 200, 300]) first.write(record(step));
    const resumed = openMetricsFile(path, 200);
    resumed.write(record(250));
    expect(readMetrics(path).map(({ step }) => step)).toEqual([100, 200, 250]);
    expect(readMetrics(path)[1]).toEqual(record(200));
    expect(readdirSync(folder)).toEqual(["metrics.jsonl"]);
  });

  it("starts empty without a step, and when there is nothing to resume", () => {
    openMetricsFile(path).write(record(100));
    openMetricsFile(path);
    expect(readMetrics(path)).toEqual([]);
    openMetricsFile(join(folder, "other.jsonl"), 500);
    expect(existsSync(join(folder, "other.jsonl"))).toBe(true);
  });

  it("continues after a line that a crash cut short", () => {
    openMetricsFile(path).write(record(100));
    appendFileSync(path, '{"step":200,"wallSec');
    expect(readMetrics(path)).toEqual([record(100)]);
    openMetricsFile(path, 100).write(record(200));
    expect(readMetrics(path)).toEqual([record(100), record(200)]);
  });
});

describe("readMetrics", () => {
  it("says that a file is missing", () => {
    expect(() => readMetrics(path)).toThrow(InputError);
  });

  it.each(["no JSON", "null", '{"step":1}', '{"step":"1","wallSeconds":0}', '{"step":1,"wallSeconds":0,"a":"x"}'])(
    "names the line that is not a record: %s",
    (line) => {
      writeFileSync(path, `{"step":1,"wallSeconds":0}\n${line}\n`);
      expect(() => readMetrics(path)).toThrow(InputError);
      expect(() => readMetrics(path)).toThrow(/^Line 2 of .*metrics\.jsonl is not a metric record/);
    },
  );
});
