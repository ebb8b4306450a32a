import { actionSize, type Policy } from "../policy/policy.js";
import type { EpisodeRecord, VectorEnv } from "./vectorEnv.js";

/** Mean and standard deviation over episodes. */
export interface Spread {
  readonly mean: number;
  readonly std: number;
}

/** What a number of episodes came to. */
export interface Evaluation {
  readonly episodes: number;
  readonly return: Spread;
  readonly episodeSeconds: { readonly mean: number };
  /** Share of the episodes that did not end by a fall. */
  readonly survivedFraction: number;
  /** m/s along +z */
  readonly forwardSpeed: Spread;
  /** Episodes that ended by a fall. */
  readonly falls: number;
  /** Means of the gait measures, see `GaitMeter`. */
  readonly gait: Readonly<Record<string, number>>;
}

/**
 * Lets every agent of the environment live one episode under the policy; records in the order of the agents.
 * @param onStep called after each step of the environment, for signs of life
 */
export async function runEpisodesAsync(env: VectorEnv, policy: Policy, onStep?: () => void): Promise<EpisodeRecord[]> {
  const actions = new Float32Array(env.count * actionSize(env.actionSpec));
  const records: EpisodeRecord[] = new Array(env.count);
  let finished = 0;
  env.reset();
  while (finished < env.count) {
    const pending = policy.act(env.observations, actions, env.count, env.masks.length > 0 ? env.masks : undefined);
    if (pending) await pending;
    env.step(actions);
    onStep?.();
    for (const record of env.drainEpisodes()) {
      if (records[record.agent]) continue;
      records[record.agent] = record;
      finished++;
    }
  }
  return records;
}

/** @param controlDt seconds of one decision */
export function summarizeEpisodes(records: readonly EpisodeRecord[], controlDt: number): Evaluation {
  const falls = records.filter((record) => record.end === "terminated" && record.measures.reached !== 1).length;
  const { forwardSpeed: _, ...gait } = records[0]?.measures ?? {};
  const measure = (name: string) => records.map((record) => record.measures[name] ?? 0);
  return {
    episodes: records.length,
    return: spread(records.map((record) => record.return)),
    episodeSeconds: { mean: spread(records.map((record) => record.length)).mean * controlDt },
    survivedFraction: 1 - falls / records.length,
    forwardSpeed: spread(measure("forwardSpeed")),
    falls,
    gait: Object.fromEntries(Object.keys(gait).map((name) => [name, spread(measure(name)).mean])),
  };
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
}
