import { defineScene } from "../../src/task/scene.js";
import { cartPole } from "./character.js";
import { cartPoleTask } from "./task.js";

export default defineScene({
  name: "cart-pole",
  summary: "A cart and a hanging pole: swing it up and keep it there.",
  character: cartPole,
  task: cartPoleTask,
  config: new URL("./config.yaml", import.meta.url),
});
