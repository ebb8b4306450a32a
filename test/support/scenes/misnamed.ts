import { hopper } from "../../../scenes/hopper/character.js";
import { hopperTask } from "../../../scenes/hopper/task.js";
import { defineScene } from "../../../src/task/scene.js";

/** A scene of a user's own whose behaviour its configuration does not know. */
export default defineScene({
  name: "misnamed",
  summary: "For the tests.",
  character: { ...hopper, behavior: "Grasshopper" },
  task: hopperTask,
  config: new URL("../../../scenes/hopper/config.yaml", import.meta.url),
});
