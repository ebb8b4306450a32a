import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { BodySpec } from "./spec.js";

/**
 * A stable name for a body: SHA-256 over its specification with sorted keys and numbers rounded to nine significant
 * digits, so that neither the order of keys nor the last bit of a computed coordinate changes it. 16 hex digits.
 */
export function hashBody({ mirror: _, ...spec }: BodySpec): string {
  // Which parts are left and right of each other only matters to who trains it.
  return bytesToHex(sha256(utf8ToBytes(canonical(spec)))).slice(0, 16);
}

function canonical(value: unknown): string {
  if (typeof value === "number") return Number(value.toPrecision(9)).toString();
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
