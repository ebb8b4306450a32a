import { defineScene } from "../../src/task/scene.js";
import { worm } from "./character.js";
import { wormTask } from "./task.js";

export default defineScene({
  name: "worm",
  summary: "Four segments in a row that crawl to targets: Unity ML-Agents' Worm.",
  character: worm,
  task: wormTask,
  config: new URL("./config.yaml", import.meta.url),
  groundFriction: 0.6,
});
