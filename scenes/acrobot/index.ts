import { defineScene } from "../../src/task/scene.js";
import { acrobot } from "./character.js";
import { acrobotTask } from "./task.js";

export default defineScene({
  name: "acrobot",
  summary: "Two hanging links with a motor between them: swing the tip up (after Gymnasium's Acrobot).",
  character: acrobot,
  task: acrobotTask,
  config: new URL("./config.yaml", import.meta.url),
});
