import { defineScene } from "../../src/task/scene.js";
import { walkerMlAgents } from "./character.js";
import { walkerMlAgentsTask } from "./task.js";

export default defineScene({
  name: "walker-ml-agents",
  summary: "A humanoid that walks to targets, with the observations, actions and rewards of Unity ML-Agents' Walker.",
  character: walkerMlAgents,
  task: walkerMlAgentsTask,
  config: new URL("./config.yaml", import.meta.url),
  groundFriction: 0.6,
});
