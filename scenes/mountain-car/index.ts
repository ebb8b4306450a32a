import { defineScene } from "../../src/task/scene.js";
import { mountainCar } from "./character.js";
import { mountainCarTask } from "./task.js";
import { trackHeight } from "./track.js";

export default defineScene({
  name: "mountain-car",
  summary: "A weak car in a valley: swing out of it (after Moore's Mountain Car).",
  character: mountainCar,
  task: mountainCarTask,
  ground: trackHeight,
  spacing: 0.05,
  config: new URL("./config.yaml", import.meta.url),
});
