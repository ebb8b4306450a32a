/** What the server tells the page. */
export interface PlaySettings {
  /** Number of characters. */
  readonly agents: number;
  readonly seed: number;
  /** Whether there is a model at `/policy.onnx`. */
  readonly hasPolicy: boolean;
}

/** Addresses on the play server, for both of its ends. */
export const PATHS = {
  page: "/",
  script: "/page.js",
  havok: "/havok.wasm",
  policy: "/policy.onnx",
  /** Folder of onnxruntime-web's WebAssembly file. */
  onnxRuntime: "/onnxruntime/",
} as const;
