import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import "@babylonjs/core/Meshes/thinInstanceMesh.js";

const MATRIX = 16;
const COLOR = 4;

/** Many copies of one mesh, drawn in one go; where they are is written as numbers, without an object for each. */
export class Copies {
  private readonly matrices: Float32Array;
  private readonly colors: Float32Array | null;

  /** @param mesh at the origin, without a parent @param colored whether each copy has a colour of its own */
  constructor(
    readonly mesh: Mesh,
    count: number,
    colored = false,
  ) {
    this.matrices = new Float32Array(count * MATRIX);
    this.colors = colored ? new Float32Array(count * COLOR).fill(1) : null;
    mesh.isPickable = false;
    // Copies are everywhere: whether the mesh itself is in view says nothing.
    mesh.alwaysSelectAsActiveMesh = true;
    mesh.doNotSyncBoundingInfo = true;
    mesh.freezeWorldMatrix();
    mesh.thinInstanceSetBuffer("matrix", this.matrices, MATRIX, false);
    if (this.colors) mesh.thinInstanceSetBuffer("color", this.colors, COLOR, false);
  }

  /** Puts a copy to the pose that begins at `values[at]`, see `POSE`, and stretches it along its own axes. */
  place(copy: number, values: Float32Array, at: number, width = 1, height = width, depth = width): void {
    const x = values[at + 3]!;
    const y = values[at + 4]!;
    const z = values[at + 5]!;
    const w = values[at + 6]!;
    const m = this.matrices;
    const i = copy * MATRIX;
    m[i] = width * (1 - 2 * (y * y + z * z));
    m[i + 1] = width * 2 * (x * y + z * w);
    m[i + 2] = width * 2 * (x * z - y * w);
    m[i + 4] = height * 2 * (x * y - z * w);
    m[i + 5] = height * (1 - 2 * (x * x + z * z));
    m[i + 6] = height * 2 * (y * z + x * w);
    m[i + 8] = depth * 2 * (x * z + y * w);
    m[i + 9] = depth * 2 * (y * z - x * w);
    m[i + 10] = depth * (1 - 2 * (x * x + y * y));
    m[i + 12] = values[at]!;
    m[i + 13] = values[at + 1]!;
    m[i + 14] = values[at + 2]!;
    m[i + 15] = 1;
  }

  /** How many are drawn, from the first on. */
  set count(count: number) {
    this.mesh.setEnabled(count > 0);
    this.mesh.thinInstanceCount = count;
  }

  color(copy: number, red: number, green: number, blue: number, alpha: number): void {
    const { colors } = this;
    if (!colors) return;
    colors[copy * COLOR] = red;
    colors[copy * COLOR + 1] = green;
    colors[copy * COLOR + 2] = blue;
    colors[copy * COLOR + 3] = alpha;
  }

  /** Hands what has been written to the graphics card. */
  commit(): void {
    this.mesh.thinInstanceBufferUpdated("matrix");
    if (this.colors) this.mesh.thinInstanceBufferUpdated("color");
  }
}
