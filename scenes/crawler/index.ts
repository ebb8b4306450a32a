import { defineScene } from "../../src/task/scene.js";
import { crawler } from "./character.js";
import { crawlerTask } from "./task.js";

export default defineScene({
  name: "crawler",
  summary: "Four legs around a ball that run to targets: Unity ML-Agents' Crawler.",
  character: crawler,
  task: crawlerTask,
  config: new URL("./config.yaml", import.meta.url),
  groundFriction: 0.6,
});
