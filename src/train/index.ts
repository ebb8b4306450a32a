/** The training half, for Node and for pages: `legwork/train`. Nothing of it belongs into a shipped game. */
export { AgentEnv } from "../env/agentEnv.js";
export { type Evaluation, runEpisodesAsync, summarizeEpisodes } from "../env/evaluate.js";
export { createSceneEnv, describeScene, type SceneEnvOptions } from "../env/sceneEnv.js";
export type { EpisodeRecord, VectorEnv } from "../env/vectorEnv.js";
export { policyToOnnx } from "../export/policyToOnnx.js";
export { verifyExport } from "../export/verifyExport.js";
export { selectBackendAsync } from "../nn/backend.js";
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
export { formatTrainerConfig, loadTrainerConfig, type PpoConfig, type TrainerConfig } from "./config/trainerConfig.js";
export type { MetricRecord, MetricSink } from "./log/metrics.js";
export { type LoopEnd, type LoopHooks, trainLoopAsync } from "./loop.js";
export { OnPolicyTrainer } from "./onPolicy/trainer.js";
export { type Iteration, type Trainer, TrainingDivergedError } from "./trainer.js";
