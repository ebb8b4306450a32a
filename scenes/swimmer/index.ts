import { defineScene } from "../../src/task/scene.js";
import { swimmer } from "./character.js";
import { swimmerTask } from "./task.js";

export default defineScene({
  name: "swimmer",
  summary: "Three links and two joints in a fluid: swim forward (after Gymnasium's Swimmer).",
  character: swimmer,
  task: swimmerTask,
  config: new URL("./config.yaml", import.meta.url),
});
