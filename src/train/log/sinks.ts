import type { MetricSink } from "./metrics.js";

/** One sink that hands every record to all of `sinks`, in order. Closing closes all, then reports the first failure. */
export function combineSinks(sinks: readonly MetricSink[]): MetricSink {
  return {
    write: (record) => {
      for (const sink of sinks) sink.write(record);
    },
    close: async () => {
      const results = await Promise.allSettled(sinks.map(async (sink) => sink.close()));
      for (const result of results) if (result.status === "rejected") throw result.reason;
    },
  };
}
