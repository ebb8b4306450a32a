import { describe, expect, it } from "vitest";
import type { MetricRecord, MetricSink } from "../../../src/train/log/metrics.js";
import { combineSinks } from "../../../src/train/log/sinks.js";

const record: MetricRecord = { step: 1, wallSeconds: 2, values: { "Policy/Entropy": 3 } };

function recordingSink(events: string[], name: string, failure?: Error): MetricSink {
  return {
    write: ({ step }) => events.push(`${name} ${step}`),
    close: async () => {
      await Promise.resolve();
      events.push(`${name} closed`);
      if (failure) throw failure;
    },
  };
}

describe("combineSinks", () => {
  it("hands records to all in order and waits for all to close", async () => {
    const events: string[] = [];
    const sink = combineSinks([recordingSink(events, "a"), recordingSink(events, "b")]);
    sink.write(record);
    expect(events).toEqual(["a 1", "b 1"]);
    await sink.close();
    expect(events).toEqual(["a 1", "b 1", "a closed", "b closed"]);
  });

  it("closes the others when one fails, then reports the failure", async () => {
    const events: string[] = [];
    const thrower: MetricSink = {
      write: () => {},
      close: () => {
        throw new Error("disk full");
      },
    };
    const late = recordingSink(events, "b", new Error("second"));
    await expect(combineSinks([thrower, late, recordingSink(events, "c")]).close()).rejects.toThrow("disk full");
    expect(events).toEqual(["b closed", "c closed"]);
  });
});
