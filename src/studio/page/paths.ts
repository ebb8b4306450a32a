/** Addresses on the Studio's server, for both of its ends. */
export const PATHS = {
  page: "/",
  /** The scenes with their gaits: a list of `SceneSummary`. */
  cast: "/cast.json",
  havok: "/havok.wasm",
  /** Folder of onnxruntime-web's WebAssembly file. */
  onnxRuntime: "/onnxruntime/",
  /** Folder of the page's own scripts. */
  scripts: "/scripts/",
  config: (scene: string) => `/scenes/${scene}/config.yaml`,
  gait: (scene: string, gait: string) => `/scenes/${scene}/gaits/${gait}.yaml`,
  model: (name: string) => `/models/${name}.onnx`,
} as const;
