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
  walker2d: {
    module: new URL("./walker2d/index.js", import.meta.url),
    loadAsync: async () => (await import("./walker2d/index.js")).default,
  },
  "half-cheetah": {
    module: new URL("./half-cheetah/index.js", import.meta.url),
    loadAsync: async () => (await import("./half-cheetah/index.js")).default,
  },
  ant: {
    module: new URL("./ant/index.js", import.meta.url),
    loadAsync: async () => (await import("./ant/index.js")).default,
  },
  humanoid: {
    module: new URL("./humanoid/index.js", import.meta.url),
    loadAsync: async () => (await import("./humanoid/index.js")).default,
  },
  swimmer: {
    module: new URL("./swimmer/index.js", import.meta.url),
    loadAsync: async () => (await import("./swimmer/index.js")).default,
  },
  "inverted-pendulum": {
    module: new URL("./inverted-pendulum/index.js", import.meta.url),
    loadAsync: async () => (await import("./inverted-pendulum/index.js")).default,
  },
  "inverted-double-pendulum": {
    module: new URL("./inverted-double-pendulum/index.js", import.meta.url),
    loadAsync: async () => (await import("./inverted-double-pendulum/index.js")).default,
  },
  "cart-pole": {
    module: new URL("./cart-pole/index.js", import.meta.url),
    loadAsync: async () => (await import("./cart-pole/index.js")).default,
  },
  "mountain-car": {
    module: new URL("./mountain-car/index.js", import.meta.url),
    loadAsync: async () => (await import("./mountain-car/index.js")).default,
  },
  acrobot: {
    module: new URL("./acrobot/index.js", import.meta.url),
    loadAsync: async () => (await import("./acrobot/index.js")).default,
  },
  walker: {
    module: new URL("./walker/index.js", import.meta.url),
    loadAsync: async () => (await import("./walker/index.js")).default,
  },
  "walker-ml-agents": {
    module: new URL("./walker-ml-agents/index.js", import.meta.url),
    loadAsync: async () => (await import("./walker-ml-agents/index.js")).default,
  },
  crawler: {
    module: new URL("./crawler/index.js", import.meta.url),
    loadAsync: async () => (await import("./crawler/index.js")).default,
  },
  worm: {
    module: new URL("./worm/index.js", import.meta.url),
    loadAsync: async () => (await import("./worm/index.js")).default,
  },
};
