export type { RewardFault } from "../../task/rewards/code.js";
