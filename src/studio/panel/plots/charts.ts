import { measureTag, REWARD_TAG_PREFIX, TAGS } from "../../../train/log/metrics.js";
import { inWords } from "../shared/format.js";

/** One plot of a tag. */
export interface Chart {
  readonly title: string;
  readonly tag: string;
}

/** How the training as a whole does. */
export const TRAINING_CHARTS: readonly Chart[] = [
  { title: "Return", tag: TAGS.return },
  { title: "Episode length", tag: TAGS.episodeLength },
  { title: "KL divergence", tag: TAGS.approximateKl },
  { title: "Entropy", tag: TAGS.entropy },
  { title: "Value loss", tag: TAGS.valueLoss },
  { title: "Steps per second", tag: TAGS.stepsPerSecond },
];

/** One per reward term: those of the present reward in their order, then those that only a run's records have. */
export function termCharts(terms: readonly string[], tags: Iterable<string>): Chart[] {
  const logged = [...tags].filter((tag) => tag.startsWith(REWARD_TAG_PREFIX));
  const names = new Set([...terms, ...logged.map((tag) => tag.slice(REWARD_TAG_PREFIX.length))]);
  return [...names].map((name) => ({ title: inWords(name), tag: `${REWARD_TAG_PREFIX}${name}` }));
}

/** One per measure that the records have, by name. */
export function measureCharts(tags: Iterable<string>): Chart[] {
  const prefix = measureTag("");
  return [...new Set(tags)]
    .filter((tag) => tag.startsWith(prefix))
    .sort()
    .map((tag) => ({ title: inWords(tag.slice(prefix.length)), tag }));
}
