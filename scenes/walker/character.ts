import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { ContactSensor } from "../../src/sensors/contactSensor.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { walkerBody } from "./body.js";

/**
 * Sixty decisions per second, each of 26 target angles around the start pose. The hips' state, with which way they face,
 * the joints and the feet's contacts are all that there is to know about sixteen parts on flat ground.
 */
export const walker: CharacterDefinition = {
  name: "walker",
  behavior: "Walker",
  body: walkerBody,
  // Eight microsteps: heavy hips and chest hang on light limbs.
  clock: { physicsDt: 1 / 60, microsteps: 8 },
  decisionPeriod: 1,
  sensors: (body) => [
    new RootStateSensor(body, ["height", "rotation", "heading-velocity", "heading-angular-velocity"]),
    new JointStateSensor(body, { maxRate: 20 }),
    new ContactSensor(body),
  ],
  actuators: (body) => [new JointDriveActuator(body, { around: "start" })],
};
