export { CommandSensor } from "./commandSensor.js";
export { ContactSensor } from "./contactSensor.js";
export { DriveTargetSensor } from "./driveTargetSensor.js";
export { type JointStateOptions, JointStateSensor } from "./jointStateSensor.js";
export { type RayPerceptionOptions, RayPerceptionSensor } from "./rayPerceptionSensor.js";
export { type RootQuantity, RootStateSensor } from "./rootStateSensor.js";
export type { Sensor } from "./sensor.js";
export { StackedSensor } from "./stackedSensor.js";
export { VectorSensor } from "./vectorSensor.js";
