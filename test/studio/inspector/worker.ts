import HavokPhysics from "@babylonjs/havok";
import hopper from "../../../scenes/hopper/index.js";
import { serveStudioWorker } from "../../../src/studio/inspector/serveStudioWorker.js";

serveStudioWorker({
  scenes: [hopper],
  loadHavokAsync: () => HavokPhysics({ locateFile: () => "/havok.wasm" }),
  onnxRuntime: "/",
});
