import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import { type CharacterDefinition, controlDt } from "../../src/agent/characterAgent.js";
import type { Rhythm } from "../../src/agent/motionCommand.js";
import type { PhysicsClock } from "../../src/body/world.js";
import { CommandSensor } from "../../src/sensors/commandSensor.js";
import { ContactSensor } from "../../src/sensors/contactSensor.js";
import { DriveTargetSensor } from "../../src/sensors/driveTargetSensor.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { PaceSensor } from "../../src/sensors/paceSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { walkerBody } from "./body.js";

/** Eight microsteps: heavy hips and chest hang on light limbs. */
const CLOCK: PhysicsClock = { physicsDt: 1 / 60, microsteps: 8 };

/**
 * Decides on 26 target angles around the start pose. It sees what it is asked to do and how well it does, its hips,
 * joints and feet, all from its own heading, and where its drives are told to go.
 */
export const walker: CharacterDefinition = {
  name: "walker",
  behavior: "Walker",
  body: walkerBody,
  clock: CLOCK,
  // Thirty decisions per second: with sixty it learns in more time to keep its speed less well.
  decisionPeriod: 2,
  sensors: (body, command) => [
    new CommandSensor(body, command),
    new PaceSensor(body, command, controlDt(walker)),
    new RootStateSensor(body, ["height", "up", "heading-velocity", "heading-angular-velocity"]),
    new JointStateSensor(body, { maxRate: 20 }),
    new ContactSensor(body),
    new DriveTargetSensor(body),
  ],
  actuators: (body) => [new JointDriveActuator(body, { around: "start", range: 1.2 })],
};

/** rad/s at which its heading may turn to a new target: at 1.5 m/s it falls over a jump, and follows this. */
export const WALKER_TURN_RATE = 1.5;

/**
 * How it steps at a speed in m/s; a game tells its command both, as training did.
 *
 * Quick steps for legs of this length (0.72 m to the hip): slower ones it learns too, but then it lags behind the speed
 * asked for. Walking up to 1.5 m/s, and from there on the feet are down for less and less of the stride, until at 3 m/s
 * there is flight.
 */
export function walkerRhythm(speed: number): Rhythm {
  const running = Math.max(0, Math.min(1, (speed - 1.5) / 1.5));
  return { cadence: 1.2 + 0.3 * speed, duty: 0.62 - 0.24 * running };
}
