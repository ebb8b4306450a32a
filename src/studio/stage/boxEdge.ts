import type { BodySpec } from "../../body/spec.js";
import { frameOf } from "../../cli/play/bodyExtent.js";

/** Edge of the boxes that fall on a character, m: a part of its height. */
export function boxEdge(body: BodySpec): number {
  return 0.16 * frameOf(body).size;
}
