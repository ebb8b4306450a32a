import { Engine } from "@babylonjs/core/Engines/engine.js";

/** Edge of a drawn pixel without a graphics card, in pixels of the page. */
const COARSE = 1.75;
/** Frames per second for each core without a graphics card: the cores that draw are those that train. */
const FRAMES_PER_CORE = 6;

/** The engine that draws on a canvas, and whether it does so without a graphics card, where every pixel counts. */
export function createEngine(canvas: HTMLCanvasElement): { readonly engine: Engine; readonly software: boolean } {
  const software = drawsInSoftware();
  const engine = new Engine(canvas, !software, {}, true);
  if (software) {
    engine.setHardwareScalingLevel(COARSE);
    engine.maxFPS = FRAMES_PER_CORE * navigator.hardwareConcurrency;
  }
  return { engine, software };
}

/** Asks a context of its own, for it must be known before the canvas gets one. */
function drawsInSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = info ? String(gl!.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}
