import type { HavokPhysicsWithBindings } from "@babylonjs/havok";

/** The engine's memory in 32-bit words. Views are detached when it grows: `refresh` before a look. */
export class EngineMemory {
  floats = new Float32Array(0);
  ints = new Int32Array(0);

  constructor(private readonly havok: HavokPhysicsWithBindings) {}

  refresh(): void {
    // Of a detached view the length is 0; the engine's object is so large that each look at it takes its time.
    if (this.floats.length > 0) return;
    const buffer = this.havok.HEAPU8.buffer as ArrayBuffer;
    this.floats = new Float32Array(buffer);
    this.ints = new Int32Array(buffer);
  }
}
