import { scenes } from "../../../scenes/index.js";
import type { SceneDefinition } from "../../task/scene.js";

/** The scenes of the page, by name. The server may put another module in the place of this one, with a scene of the user's own. */
export const cast: Readonly<Record<string, () => Promise<SceneDefinition>>> = Object.fromEntries(
  Object.entries(scenes).map(([name, { loadAsync }]) => [name, loadAsync]),
);
