import { defineScene } from "../../src/task/scene.js";
import { humanoid } from "./character.js";
import { humanoidTask } from "./task.js";

export default defineScene({
  name: "humanoid",
  summary: "A small human with 17 position drives: run without falling (after Gymnasium's Humanoid).",
  character: humanoid,
  task: humanoidTask,
  config: new URL("./config.yaml", import.meta.url),
});
