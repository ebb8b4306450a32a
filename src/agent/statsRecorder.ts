/** How several values of a statistic become one when the trainer logs. */
export type StatAggregation = "average" | "most-recent" | "sum";

/** Numbers that agents want to see in the logs, beside the trainer's own. */
export class StatsRecorder {
  private readonly stats = new Map<
    string,
    { aggregation: StatAggregation; sum: number; last: number; count: number }
  >();

  add(name: string, value: number, aggregation: StatAggregation = "average"): void {
    const stat = this.stats.get(name) ?? { aggregation, sum: 0, last: 0, count: 0 };
    stat.sum += value;
    stat.last = value;
    stat.count++;
    this.stats.set(name, stat);
  }

  /** Everything since the last call, aggregated. */
  drain(): Record<string, number> {
    const result: Record<string, number> = {};
    for (const [name, { aggregation, sum, last, count }] of this.stats) {
      result[name] = aggregation === "average" ? sum / count : aggregation === "sum" ? sum : last;
    }
    this.stats.clear();
    return result;
  }
}
