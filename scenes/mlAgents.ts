import type { CharacterDefinition } from "../src/agent/characterAgent.js";

/**
 * How time passes for ML-Agents' walkers (`ProjectSettings`, `DecisionRequester` of the examples): physics at 75 Hz, a
 * decision every five steps, one and a half times Earth's gravity. Eight microsteps: heavy trunks hang on light limbs.
 */
export const mlAgentsTime: Pick<CharacterDefinition, "clock" | "gravity" | "decisionPeriod"> = {
  clock: { physicsDt: 1 / 75, microsteps: 8 },
  gravity: [0, -14.715, 0],
  decisionPeriod: 5,
};
