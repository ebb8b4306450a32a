import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import HavokPhysics, { type HavokPhysicsWithBindings } from "@babylonjs/havok";

/** Havok's WebAssembly module in Node, read from the installed package. */
export async function loadHavokAsync(): Promise<HavokPhysicsWithBindings> {
  const file = createRequire(import.meta.url).resolve("@babylonjs/havok/lib/esm/HavokPhysics.wasm");
  return HavokPhysics({ wasmBinary: toArrayBuffer(await readFile(file)) });
}

function toArrayBuffer(buffer: Buffer): ArrayBuffer {
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
}

/** An empty scene without a renderer; dispose of its engine when done. */
export function createHeadlessScene(): Scene {
  return new Scene(new NullEngine());
}
