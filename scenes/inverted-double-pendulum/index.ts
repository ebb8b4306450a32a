import { defineScene } from "../../src/task/scene.js";
import { invertedDoublePendulum } from "./character.js";
import { invertedDoublePendulumTask } from "./task.js";

export default defineScene({
  name: "inverted-double-pendulum",
  summary: "A cart and two poles, one on the other: keep them upright (after Gymnasium's InvertedDoublePendulum).",
  character: invertedDoublePendulum,
  task: invertedDoublePendulumTask,
  config: new URL("./config.yaml", import.meta.url),
});
