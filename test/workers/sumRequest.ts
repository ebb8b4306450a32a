import { Random } from "../../src/random.js";
import type { SharedMemory } from "../../src/workers/sharedExchange.js";

/** What `sums.ts` is asked: to sum vectors of these lengths, one after the other. */
export interface SumRequest {
  readonly memory: SharedMemory;
  readonly member: number;
  readonly lengths: readonly number[];
}

/** The vectors of one member. */
export function vectorsOf(member: number, lengths: readonly number[]): Float32Array[] {
  const random = new Random(member);
  return lengths.map((length) => Float32Array.from({ length }, () => random.normal()));
}
