import hopper from "../../../scenes/hopper/index.js";
import * as plugin from "../../../src/studio/editorPlugin.js";

// A plugin of a project, as the Editor has it once it is loaded.

declare global {
  interface Window {
    plugin?: typeof plugin;
  }
}

plugin.configureStudio({
  scenes: [hopper],
  startWorker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
});
window.plugin = plugin;
