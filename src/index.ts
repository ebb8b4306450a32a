/** What a game ships: bodies, sensors, actuators and agents. Models load through `legwork/inference`. */
export * from "./actuators/index.js";
export { Academy, type SteppedWorld } from "./agent/academy.js";
export { type ActionBuffers, DiscreteActionMask } from "./agent/actionBuffers.js";
export { Agent, type AgentOptions, type EpisodeEnd } from "./agent/agent.js";
export type { BehaviorParameters, BehaviorType } from "./agent/behavior.js";
export { CharacterAgent, type CharacterDefinition, type CharacterOptions, controlDt } from "./agent/characterAgent.js";
export { DecisionRequester, type DecisionRequesterOptions } from "./agent/decisionRequester.js";
export { EnvironmentParameters } from "./agent/environmentParameters.js";
export { MotionCommand } from "./agent/motionCommand.js";
export { StatsRecorder } from "./agent/statsRecorder.js";
export { ArticulatedBody, type ArticulatedBodyOptions, type PartMeshFactory } from "./body/articulatedBody.js";
export {
  type AngleTarget,
  type ConfigurableJoint,
  type ConvertedJoint,
  configurableJoint,
} from "./body/configurableJoint.js";
export { addGround } from "./body/ground.js";
export { hashBody } from "./body/hash.js";
export { createPartMesh } from "./body/partMesh.js";
export { forwardKinematics, type Pose, standingPose } from "./body/pose.js";
export * from "./body/spec.js";
export { validateBody } from "./body/validate.js";
export { type PhysicsClock, PhysicsWorld } from "./body/world.js";
export { InputError } from "./inputError.js";
export { MlpPolicy } from "./policy/mlpPolicy.js";
export type { ModelMetadata, ObservationBlock } from "./policy/modelMetadata.js";
export type { PolicyNetwork } from "./policy/network.js";
export { type ActionSpec, actionSize, maskSize, type Policy } from "./policy/policy.js";
export { Random } from "./random.js";
export * from "./sensors/index.js";
