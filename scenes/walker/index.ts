import { defineScene } from "../../src/task/scene.js";
import { walker } from "./character.js";
import { walkerTask } from "./task.js";

export default defineScene({
  name: "walker",
  summary: "A humanoid of sixteen parts and 26 position drives: walk forward (body after Unity ML-Agents' Walker).",
  character: walker,
  task: walkerTask,
  config: new URL("./config.yaml", import.meta.url),
});
