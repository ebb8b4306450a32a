export type { Actuator } from "./actuator.js";
export { type Branch, DiscreteActuator } from "./discreteActuator.js";
export { JointDriveActuator, type JointDriveOptions } from "./jointDriveActuator.js";
export { StrengthDriveActuator, type StrengthDriveOptions } from "./strengthDriveActuator.js";
export { TorqueActuator } from "./torqueActuator.js";
