/** What describes a scene: `legwork/task`. */

export { type CommandSource, GOAL_PARAMETERS, type GoalCommandOptions, GoalCommands } from "./commands.js";
export { Feet } from "./feet.js";
export { type LibraryTermName, reward, rewardLibrary } from "./rewards/library.js";
export { defineScene, type SceneDefinition, withReward } from "./scene.js";
export { sumOfSquares } from "./sumOfSquares.js";
export { type TargetCommandOptions, TargetCommands } from "./targetCommands.js";
export type { RewardTerm, SolvedBar, StartNoise, TaskDefinition, TaskState } from "./task.js";
export { TaskAgent, type TaskAgentOptions } from "./taskAgent.js";
