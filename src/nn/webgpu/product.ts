import type { GpuProgram } from "./program.js";

/** Rows and columns of the tile of the product that one workgroup computes; each of its threads computes 4 × 4 of it. */
export const TILE = 64;
const THREADS = TILE / 4;
/** Columns of the left matrix, and rows of the right one, that lie in workgroup memory at a time. */
const STEP = 16;
/** One more than a row of a tile, so that threads that write down a column do not wait for the same memory bank. */
const PITCH = TILE + 1;

export interface ProductParts extends Omit<GpuProgram, "counts" | "factors" | "code"> {
  /** WGSL expression of the element of the left matrix at `row`, `k`. */
  readonly left: string;
  /** Which of the two to step along to read the left matrix from neighbouring addresses. */
  readonly leftAlong: "row" | "k";
  /** The same of the right matrix at `k`, `column`. */
  readonly right: string;
  readonly rightAlong: "column" | "k";
  /** WGSL statement that stores `value` of the product at `row`, `column`. */
  readonly store: string;
  /** Further WGSL functions that these use. */
  readonly functions?: string;
}

/**
 * A product of two matrices, `[p.rows, p.depth]` · `[p.depth, p.columns]`, in tiles through workgroup memory: each number
 * is read from the large memory once per tile and not once per result. Dispatch ⌈columns / TILE⌉ × ⌈rows / TILE⌉.
 */
export function productProgram(parts: ProductParts): GpuProgram {
  const { reads, writes, left, leftAlong, right, rightAlong, store, functions = "" } = parts;
  const inTile = (along: "k" | "row" | "column") =>
    along === "k" ? `let k = e % ${STEP}u; let i = e / ${STEP}u;` : `let i = e % ${TILE}u; let k = e / ${TILE}u;`;
  const code = `
${functions}
fn left(row: u32, k: u32) -> f32 { return ${left}; }
fn right(k: u32, column: u32) -> f32 { return ${right}; }
fn store(row: u32, column: u32, value: f32) {
  if (row < p.rows && column < p.columns) { ${store} }
}

var<workgroup> lefts: array<f32, ${STEP * PITCH}>;
var<workgroup> rights: array<f32, ${STEP * PITCH}>;

@compute @workgroup_size(${THREADS}, ${THREADS})
fn main(
  @builtin(workgroup_id) tile: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let firstRow = tile.y * ${TILE}u;
  let firstColumn = tile.x * ${TILE}u;
  // Of rows thread.y + 16 a, columns thread.x + 16 b: neighbouring threads read and write neighbouring columns.
  var sums: array<vec4f, 4>;
  for (var firstK = 0u; firstK < p.depth; firstK += ${STEP}u) {
    for (var e = index; e < ${STEP * TILE}u; e += ${THREADS * THREADS}u) {
      ${inTile(leftAlong)}
      var value = 0.0;
      if (firstRow + i < p.rows && firstK + k < p.depth) { value = left(firstRow + i, firstK + k); }
      lefts[k * ${PITCH}u + i] = value;
    }
    for (var e = index; e < ${STEP * TILE}u; e += ${THREADS * THREADS}u) {
      ${inTile(rightAlong)}
      var value = 0.0;
      if (firstColumn + i < p.columns && firstK + k < p.depth) { value = right(firstK + k, firstColumn + i); }
      rights[k * ${PITCH}u + i] = value;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${STEP}u; k++) {
      let a = k * ${PITCH}u + thread.y;
      let b = k * ${PITCH}u + thread.x;
      let row = vec4f(${four((n) => `rights[b + ${n * THREADS}u]`)});
      ${[0, 1, 2, 3].map((n) => `sums[${n}] += lefts[a + ${n * THREADS}u] * row;`).join("\n      ")}
    }
    workgroupBarrier();
  }
  for (var a = 0u; a < 4u; a++) {
    for (var b = 0u; b < 4u; b++) {
      store(firstRow + thread.y + a * ${THREADS}u, firstColumn + thread.x + b * ${THREADS}u, sums[a][b]);
    }
  }
}`;
  return { reads, writes, counts: ["rows", "columns", "depth"], factors: [], code };
}

function four(element: (n: number) => string): string {
  return [0, 1, 2, 3].map(element).join(", ");
}
