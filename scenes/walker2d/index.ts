import { defineScene } from "../../src/task/scene.js";
import { walker2d } from "./character.js";
import { walker2dTask } from "./task.js";

export default defineScene({
  name: "walker2d",
  summary: "Two legs in a plane, six torques: walk forward without falling (after Gymnasium's Walker2d).",
  character: walker2d,
  task: walker2dTask,
  config: new URL("./config.yaml", import.meta.url),
});
