import { defineScene } from "../../src/task/scene.js";
import { hopper } from "./character.js";
import { hopperTask } from "./task.js";

export default defineScene({
  name: "hopper",
  summary: "One leg, three torques, a plane to live in: hop forward without falling (after Gymnasium's Hopper).",
  character: hopper,
  task: hopperTask,
  config: new URL("./config.yaml", import.meta.url),
});
