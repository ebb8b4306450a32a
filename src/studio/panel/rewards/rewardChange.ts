import type { RewardRow } from "../../client.js";

/** What is different from the preset, in a few characters; null: nothing. */
export function rewardChange({ weight, enabled, preset }: RewardRow): string | null {
  if (preset === null) return "added";
  if (!enabled) return "off";
  return weight === preset ? null : `${signed(preset)} → ${signed(weight)}`;
}

/** With a real minus sign, which is as wide as a digit. */
export function signed(weight: number): string {
  return String(weight).replace("-", "−");
}

export function sameRow(a: RewardRow, b: RewardRow): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.weight === b.weight &&
      a.enabled === b.enabled &&
      a.preset === b.preset &&
      a.kind === b.kind &&
      a.summary === b.summary &&
      a.code === b.code &&
      a.fault?.message === b.fault?.message &&
      a.fault?.line === b.fault?.line)
  );
}
