import { defineScene } from "../../src/task/scene.js";
import { ant } from "./character.js";
import { antTask } from "./task.js";

export default defineScene({
  name: "ant",
  summary: "Four legs on a ball, eight torques: run forward (after Gymnasium's Ant).",
  character: ant,
  task: antTask,
  config: new URL("./config.yaml", import.meta.url),
});
