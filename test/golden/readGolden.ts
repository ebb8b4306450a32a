import { readFileSync } from "node:fs";

/** Reads one of the reference files that `generate.py` writes. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8")) as T;
}
