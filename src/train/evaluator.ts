import { controlDt } from "../agent/characterAgent.js";
import { type Evaluation, summarizeEpisodes } from "../env/evaluate.js";
import type { EpisodeRecord } from "../env/vectorEnv.js";
import type { SceneDefinition } from "../task/scene.js";
import { type MetricRecord, measureTag, TAGS } from "./log/metrics.js";

/** Episodes that decide whether the others are worth running, while training. */
const PROBE_EPISODES = 16;
/** A policy is worth that look once sampled episodes last this share of the time limit … */
const HOPEFUL_LENGTH = 0.7;
/** … and go at this share of the speed that is asked for. */
const HOPEFUL_SPEED = 0.95;
const EVALUATION_SEED = 7;

/** Runs episodes of an ONNX file, from number `first` on; the same seed and number give the same episode. */
export type RunEpisodes = (
  model: Uint8Array,
  seed: number,
  first: number,
  count: number,
) => Promise<readonly EpisodeRecord[]>;

/**
 * Judges the policy under training by deterministic episodes of its exported file, the same episodes each time, so that
 * what counts as solved is what `legwork eval` will find.
 */
export class Evaluator {
  /** The last file and the first of its episodes. */
  private known: { readonly model: Uint8Array; readonly records: readonly EpisodeRecord[] } | null = null;

  constructor(
    private readonly scene: SceneDefinition,
    private readonly episodes: number,
    private readonly runEpisodesAsync: RunEpisodes,
  ) {}

  /** Whether the scene's bar is met. Looks only when training episodes give hope, and at a few episodes first. */
  async isSolvedAsync(record: MetricRecord, exportAsync: () => Promise<Uint8Array>): Promise<boolean> {
    const { solved, episodeSeconds } = this.scene.task;
    if (!solved) return false;
    const { [TAGS.episodeLength]: length = 0, [measureTag("forwardSpeed")]: speed = 0 } = record.values;
    const longest = episodeSeconds / controlDt(this.scene.character);
    const endsWell = this.scene.task.succeeded !== undefined;
    if (!endsWell && length < HOPEFUL_LENGTH * longest) return false;
    if (solved.forwardSpeed !== undefined && speed < HOPEFUL_SPEED * solved.forwardSpeed) return false;
    const model = await exportAsync();
    const probe = Math.min(PROBE_EPISODES, this.episodes);
    return this.meetsBar(await this.judgeAsync(model, probe)) && this.meetsBar(await this.evaluateAsync(model));
  }

  /** The full evaluation of an ONNX file. */
  evaluateAsync(model: Uint8Array): Promise<Evaluation> {
    return this.judgeAsync(model, this.episodes);
  }

  /** Judges the first `count` episodes; those that have been run already are not run again. */
  private async judgeAsync(model: Uint8Array, count: number): Promise<Evaluation> {
    const isKnown = this.known !== null && Buffer.compare(this.known.model, model) === 0;
    const before = isKnown ? this.known!.records : [];
    const missing = count - before.length;
    const records =
      missing > 0
        ? [...before, ...(await this.runEpisodesAsync(model, EVALUATION_SEED, before.length, missing))]
        : before;
    this.known = { model, records };
    return summarizeEpisodes(records.slice(0, count), controlDt(this.scene.character));
  }

  private meetsBar({ survivedFraction, forwardSpeed, gait }: Evaluation): boolean {
    const { solved } = this.scene.task;
    if (!solved) return false;
    const atLeast = (figure: number, bar: number | undefined) => bar === undefined || figure >= bar;
    return (
      atLeast(survivedFraction, solved.survivedFraction) &&
      atLeast(forwardSpeed.mean, solved.forwardSpeed) &&
      Object.entries(solved.measures ?? {}).every(([name, bar]) => atLeast(gait[name] ?? 0, bar))
    );
  }
}
