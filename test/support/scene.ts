import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { defineScene, type SceneDefinition } from "../../src/task/scene.js";
import type { TaskDefinition } from "../../src/task/task.js";
import { menagerie } from "./bodies.js";

export const crawlerCharacter: CharacterDefinition = {
  name: "menagerie",
  behavior: "Menagerie",
  body: menagerie,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 3,
  sensors: (body) => [new RootStateSensor(body, ["height", "up", "heading-velocity"]), new JointStateSensor(body)],
  actuators: (body) => [new JointDriveActuator(body)],
};

export const crawlerTask: TaskDefinition<"forward" | "alive" | "effort"> = {
  episodeSeconds: 0.5,
  rewards: {
    forward: ({ body }) => body.linearVelocities[2]!,
    alive: () => 1,
    effort: ({ action }) => action.reduce((sum, a) => sum + a * a, 0),
  },
  weights: { forward: 1, alive: 0.5, effort: -0.1 },
  fallen: ({ body }) => body.positions[1]! < 0,
  parameters: { wind: 0 },
};

/** The menagerie on the ground, for three control steps each tenth of a second; nothing in it is tuned. */
export function crawlerScene(
  task: Partial<TaskDefinition> = {},
  character: Partial<CharacterDefinition> = {},
): SceneDefinition {
  return defineScene({
    name: "menagerie",
    summary: "For tests.",
    character: { ...crawlerCharacter, ...character },
    task: { ...crawlerTask, ...task },
    config: new URL("file:///none.yaml"),
  });
}
