import HavokPhysics, { type HavokPhysicsWithBindings } from "@babylonjs/havok";
import { PATHS } from "./paths.js";

export function loadHavokAsync(): Promise<HavokPhysicsWithBindings> {
  return HavokPhysics({ locateFile: () => PATHS.havok });
}
