import type { SceneDefinition } from "../src/task/scene.js";

/** A scene of the cast: where its module is, for bundlers and workers, and how to load it. */
export interface SceneEntry {
  readonly module: URL;
  loadAsync(): Promise<SceneDefinition>;
}

/** The cast, by name. Nothing is loaded until it is asked for. */
export const scenes: Readonly<Record<string, SceneEntry>> = {
  hopper: {
    module: new URL("./hopper/index.js", import.meta.url),
    loadAsync: async () => (await import("./hopper/index.js")).default,
  },
  walker: {
    module: new URL("./walker/index.js", import.meta.url),
    loadAsync: async () => (await import("./walker/index.js")).default,
  },
};
