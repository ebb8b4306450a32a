/** What describes a scene: `legwork/task`. */
export { defineScene, type SceneDefinition } from "./scene.js";
export { sumOfSquares } from "./sumOfSquares.js";
export type { RewardTerm, SolvedBar, StartNoise, TaskDefinition, TaskState } from "./task.js";
export { TaskAgent, type TaskAgentOptions } from "./taskAgent.js";
