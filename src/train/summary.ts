import type { EpisodeRecord } from "../env/vectorEnv.js";
import { type MetricRecord, measureTag, REWARD_TAG_PREFIX, TAGS } from "./log/metrics.js";
import type { Iteration } from "./trainer.js";

/** Gathers iterations into one metric record: means of what trainers report, and of the episodes that ended. */
export class Summary {
  private readonly sums = new Map<string, { sum: number; count: number }>();
  private startSteps: number;
  private startSeconds: number;

  constructor(steps: number, seconds: number) {
    this.startSteps = steps;
    this.startSeconds = seconds;
  }

  add({ metrics, episodes }: Iteration): void {
    for (const [tag, value] of Object.entries(metrics)) this.note(tag, value);
    for (const episode of episodes) this.addEpisode(episode);
  }

  /** The record of everything since the last call. Tags without a value are absent. */
  flush(step: number, wallSeconds: number): MetricRecord {
    const values: Record<string, number> = {};
    for (const [tag, { sum, count }] of this.sums) values[tag] = sum / count;
    values[TAGS.stepsPerSecond] = (step - this.startSteps) / (wallSeconds - this.startSeconds);
    this.sums.clear();
    this.startSteps = step;
    this.startSeconds = wallSeconds;
    return { step, wallSeconds, values };
  }

  private addEpisode(episode: EpisodeRecord): void {
    this.note(TAGS.return, episode.return);
    this.note(TAGS.episodeLength, episode.length);
    for (const [term, value] of Object.entries(episode.terms)) this.note(REWARD_TAG_PREFIX + term, value);
    for (const [name, value] of Object.entries(episode.measures)) this.note(measureTag(name), value);
  }

  private note(tag: string, value: number): void {
    const entry = this.sums.get(tag) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count++;
    this.sums.set(tag, entry);
  }
}
