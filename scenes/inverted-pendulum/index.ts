import { defineScene } from "../../src/task/scene.js";
import { invertedPendulum } from "./character.js";
import { invertedPendulumTask } from "./task.js";

export default defineScene({
  name: "inverted-pendulum",
  summary: "A cart and a pole: keep it upright (after Gymnasium's InvertedPendulum).",
  character: invertedPendulum,
  task: invertedPendulumTask,
  config: new URL("./config.yaml", import.meta.url),
});
