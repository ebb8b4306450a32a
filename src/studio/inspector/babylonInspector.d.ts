// What Legwork uses of Babylon's Inspector. Its own types point at a package that is not on npm, so that a compiler finds
// nothing of its shell there; and whoever does not open an Inspector need not install it.
declare module "@babylonjs/inspector" {
  /** What a service names to be given the shell; it is made anew in every copy of the module. */
  export const ShellServiceIdentity: symbol;

  export function ShowInspector(
    scene: import("@babylonjs/core/scene.js").Scene,
    options?: {
      readonly serviceDefinitions?: readonly import("./shell.js").InspectorServiceDefinition[];
      readonly disableTeachingMoments?: boolean;
    },
  ): { dispose(): Promise<void> };
}
