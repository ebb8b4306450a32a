import { defineScene } from "../../src/task/scene.js";
import { halfCheetah } from "./character.js";
import { halfCheetahTask } from "./task.js";

export default defineScene({
  name: "half-cheetah",
  summary: "Six springy joints in a plane: run forward (after Gymnasium's HalfCheetah).",
  character: halfCheetah,
  task: halfCheetahTask,
  config: new URL("./config.yaml", import.meta.url),
});
