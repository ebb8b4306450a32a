// C = A·B in single precision, after Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication":
// both operands are copied into narrow panels, [depth][width] each, which the innermost loop reads in order.

import { multiplyAdd } from "./multiplyAdd";

/**
 * Rows and columns of C that stay in registers: 5 × 8 take 10 of x86's 16. V8 moves all loads of a turn of the loop before
 * its products, so what a turn loads must fit in the others at the same time; what does not is written to memory and read
 * again in every turn.
 */
const TILE_ROWS: i32 = 5;
const TILE_COLUMNS: i32 = 8;
/** Terms of each sum that are added at a time, so that a panel of A stays in the first-level cache. */
const BLOCK_DEPTH: i32 = 256;

/** As few columns as this are computed without copies of A: its numbers are used only once. */
const NARROW: i32 = 4;

/** Bytes of scratch memory that {@link multiply} needs. */
export function multiplyScratch(columns: i32, depth: i32): i32 {
  if (columns <= NARROW) return packedSize(columns, depth);
  const blockDepth = min(depth, BLOCK_DEPTH);
  return packedSize(columns, blockDepth) + 4 * (TILE_ROWS * blockDepth + TILE_ROWS * TILE_COLUMNS);
}

/** Bytes of B in panels. */
export function packedSize(columns: i32, depth: i32): i32 {
  const width = columns <= NARROW ? NARROW : (columns + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
  return 4 * width * depth;
}

/**
 * C[i][j] = Σ_k A[i][k] B[k][j] for `rows` × `columns` numbers of C, row-major, and `depth` terms. Element [i][k] of A
 * lies at `a + i·aRow + k·aDepth`, element [k][j] of B at `b + k·bDepth + j·bColumn`: a transposed operand is one whose
 * strides, in bytes, are swapped.
 */
export function multiply(
  a: usize, aRow: usize, aDepth: usize,
  b: usize, bDepth: usize, bColumn: usize,
  c: usize, rows: i32, columns: i32, depth: i32,
  scratch: usize,
): void {
  if (columns <= NARROW) {
    pack(scratch, NARROW, b, bColumn, bDepth, columns, depth);
    multiplyNarrow(a, aRow, aDepth, scratch, c, rows, columns, depth);
    return;
  }
  const bPanels = scratch + 4 * TILE_ROWS * TILE_COLUMNS + 4 * TILE_ROWS * min(depth, BLOCK_DEPTH);
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const terms = min(BLOCK_DEPTH, depth - start);
    packBlock(b + start * bDepth, bDepth, bColumn, columns, terms, bPanels);
    multiplyBlock(a + start * aDepth, aRow, aDepth, bPanels, c, rows, columns, terms, start > 0, scratch);
  }
}

/** Copies B into `panels`, for {@link multiplyPacked}: {@link multiply} does it each time, which few rows do not repay. */
export function packRight(b: usize, bDepth: usize, bColumn: usize, columns: i32, depth: i32, panels: usize): void {
  if (columns <= NARROW) {
    pack(panels, NARROW, b, bColumn, bDepth, columns, depth);
    return;
  }
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const terms = min(BLOCK_DEPTH, depth - start);
    packBlock(b + start * bDepth, bDepth, bColumn, columns, terms, panels + packedSize(columns, start));
  }
}

/** {@link multiply} with the panels that {@link packRight} has made of B, and the same scratch memory. */
export function multiplyPacked(
  a: usize, aRow: usize, aDepth: usize,
  panels: usize,
  c: usize, rows: i32, columns: i32, depth: i32,
  scratch: usize,
): void {
  if (columns <= NARROW) {
    multiplyNarrow(a, aRow, aDepth, panels, c, rows, columns, depth);
    return;
  }
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const terms = min(BLOCK_DEPTH, depth - start);
    const block = panels + packedSize(columns, start);
    multiplyBlock(a + start * aDepth, aRow, aDepth, block, c, rows, columns, terms, start > 0, scratch);
  }
}

/** Panels of all columns of B, one after the other, of at most {@link BLOCK_DEPTH} terms. */
function packBlock(b: usize, bDepth: usize, bColumn: usize, columns: i32, terms: i32, panels: usize): void {
  const panelBytes = <usize>(4 * TILE_COLUMNS * terms);
  for (let j = 0; j < columns; j += TILE_COLUMNS, panels += panelBytes) {
    pack(panels, TILE_COLUMNS, b + j * bColumn, bColumn, bDepth, min(TILE_COLUMNS, columns - j), terms);
  }
}

/** What these terms give, into C or, where `add` is set, added to what is there. */
function multiplyBlock(
  a: usize, aRow: usize, aDepth: usize,
  bPanels: usize,
  c: usize, rows: i32, columns: i32, terms: i32,
  add: bool,
  scratch: usize,
): void {
  const tile = scratch;
  const aPanel = tile + 4 * TILE_ROWS * TILE_COLUMNS;
  const bPanelBytes = <usize>(4 * TILE_COLUMNS * terms);
  const cRow = <usize>columns * 4;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    const tileRows = min(TILE_ROWS, rows - i);
    pack(aPanel, TILE_ROWS, a + i * aRow, aRow, aDepth, tileRows, terms);
    for (let j = 0, panel = bPanels; j < columns; j += TILE_COLUMNS, panel += bPanelBytes) {
      const tileColumns = min(TILE_COLUMNS, columns - j);
      const target = c + i * cRow + j * 4;
      if (tileRows == TILE_ROWS && tileColumns == TILE_COLUMNS) {
        multiplyPanels(aPanel, panel, terms, target, cRow, add);
      } else {
        // At the edges, the panels are filled up with zeros, and only a part of the tile is of C.
        multiplyPanels(aPanel, panel, terms, tile, 4 * TILE_COLUMNS, false);
        copyTile(tile, target, cRow, tileRows, tileColumns, add);
      }
    }
  }
}

/** panel[k][i] = source[i][k] for i < count, and 0 for the others of `width`; strides of the source in bytes. */
function pack(
  panel: usize, width: i32,
  source: usize, stride: usize, depthStride: usize,
  count: i32, terms: i32,
): void {
  const panelRow = <usize>width * 4;
  let i = 0;
  if (stride == 4) {
    for (; i <= count - 4; i += 4) packRows(panel + 4 * i, panelRow, source + i * stride, depthStride, terms);
  } else if (depthStride == 4) {
    for (; i <= count - 4; i += 4) packColumns(panel + 4 * i, panelRow, source + i * stride, stride, terms);
  }
  for (; i < width; i++) {
    let from = source + i * stride;
    let to = panel + i * 4;
    if (i < count) {
      for (let k = 0; k < terms; k++, from += depthStride, to += panelRow) store<f32>(to, load<f32>(from));
    } else {
      for (let k = 0; k < terms; k++, to += panelRow) store<f32>(to, 0);
    }
  }
}

/** Four neighbours at a time. */
function packRows(panel: usize, panelRow: usize, source: usize, depthStride: usize, terms: i32): void {
  for (let k = 0; k < terms; k++, source += depthStride, panel += panelRow) v128.store(panel, v128.load(source));
}

/** Four that are `stride` bytes apart at a time, transposed in blocks of 4 × 4. */
function packColumns(panel: usize, panelRow: usize, first: usize, stride: usize, terms: i32): void {
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  let at: usize = 0;
  for (const end = <usize>(terms & ~3) * 4; at < end; at += 16, panel += 4 * panelRow) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    const c = v128.load(third + at);
    const d = v128.load(fourth + at);
    const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
    v128.store(panel + panelRow, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7));
    v128.store(panel + 2 * panelRow, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5));
    v128.store(panel + 3 * panelRow, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7));
  }
  for (const end = <usize>terms * 4; at < end; at += 4, panel += panelRow) {
    store<f32>(panel, load<f32>(first + at));
    store<f32>(panel, load<f32>(second + at), 4);
    store<f32>(panel, load<f32>(third + at), 8);
    store<f32>(panel, load<f32>(fourth + at), 12);
  }
}

/** The 5 × 8 numbers Σ_k a[k][i] b[k][j], stored at `c` or, where `add` is set, added to what is there. */
function multiplyPanels(a: usize, b: usize, terms: i32, c: usize, cRow: usize, add: bool): void {
  let c00 = f32x4.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let c40 = c00, c41 = c00;
  // Stepping before the loads saves two instructions: V8 knows that a fresh sum has no bits beyond the 32 of an address.
  const last = a + (terms - 1) * 4 * TILE_ROWS;
  a -= 4 * TILE_ROWS;
  b -= 4 * TILE_COLUMNS;
  while (a < last) {
    a += 4 * TILE_ROWS;
    b += 4 * TILE_COLUMNS;
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0123 = v128.load(a);
    const a4 = v128.load_splat<f32>(a, 16);
    const a0 = v128.shuffle<f32>(a0123, a0123, 0, 0, 0, 0);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.shuffle<f32>(a0123, a0123, 1, 1, 1, 1);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.shuffle<f32>(a0123, a0123, 2, 2, 2, 2);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.shuffle<f32>(a0123, a0123, 3, 3, 3, 3);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    c40 = multiplyAdd(a4, b0, c40);
    c41 = multiplyAdd(a4, b1, c41);
  }
  storeRow(c, c00, c01, add);
  storeRow(c + cRow, c10, c11, add);
  storeRow(c + 2 * cRow, c20, c21, add);
  storeRow(c + 3 * cRow, c30, c31, add);
  storeRow(c + 4 * cRow, c40, c41, add);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function storeRow(c: usize, left: v128, right: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(v128.load(c), left) : left);
  v128.store(c, add ? f32x4.add(v128.load(c, 16), right) : right, 16);
}

function copyTile(tile: usize, c: usize, cRow: usize, rows: i32, columns: i32, add: bool): void {
  for (let i = 0; i < rows; i++, tile += 4 * TILE_COLUMNS, c += cRow) {
    for (let j: usize = 0; j < <usize>columns * 4; j += 4) {
      store<f32>(c + j, add ? load<f32>(c + j) + load<f32>(tile + j) : load<f32>(tile + j));
    }
  }
}

/** {@link multiply} for up to four columns: each row of C is one vector, and eight of them stay in registers. */
function multiplyNarrow(
  a: usize, aRow: usize, aDepth: usize,
  panel: usize,
  c: usize, rows: i32, columns: i32, depth: i32,
): void {
  const end = panel + 4 * NARROW * depth;
  const cRow = <usize>columns * 4;
  for (; rows >= 8; rows -= 8, a += 8 * aRow, c += 8 * cRow) {
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
    for (let at = panel, x = a; at < end; at += 4 * NARROW, x += aDepth) {
      const row = v128.load(at);
      c0 = multiplyAdd(row, v128.load_splat<f32>(x), c0);
      c1 = multiplyAdd(row, v128.load_splat<f32>(x + aRow), c1);
      c2 = multiplyAdd(row, v128.load_splat<f32>(x + 2 * aRow), c2);
      c3 = multiplyAdd(row, v128.load_splat<f32>(x + 3 * aRow), c3);
      c4 = multiplyAdd(row, v128.load_splat<f32>(x + 4 * aRow), c4);
      c5 = multiplyAdd(row, v128.load_splat<f32>(x + 5 * aRow), c5);
      c6 = multiplyAdd(row, v128.load_splat<f32>(x + 6 * aRow), c6);
      c7 = multiplyAdd(row, v128.load_splat<f32>(x + 7 * aRow), c7);
    }
    storeFirst(c, c0, columns);
    storeFirst(c + cRow, c1, columns);
    storeFirst(c + 2 * cRow, c2, columns);
    storeFirst(c + 3 * cRow, c3, columns);
    storeFirst(c + 4 * cRow, c4, columns);
    storeFirst(c + 5 * cRow, c5, columns);
    storeFirst(c + 6 * cRow, c6, columns);
    storeFirst(c + 7 * cRow, c7, columns);
  }
  for (; rows > 0; rows--, a += aRow, c += cRow) {
    let sum = f32x4.splat(0);
    for (let at = panel, x = a; at < end; at += 4 * NARROW, x += aDepth) {
      sum = multiplyAdd(v128.load(at), v128.load_splat<f32>(x), sum);
    }
    storeFirst(c, sum, columns);
  }
}

function storeFirst(c: usize, row: v128, columns: i32): void {
  store<f32>(c, f32x4.extract_lane(row, 0));
  if (columns > 1) store<f32>(c, f32x4.extract_lane(row, 1), 4);
  if (columns > 2) store<f32>(c, f32x4.extract_lane(row, 2), 8);
  if (columns > 3) store<f32>(c, f32x4.extract_lane(row, 3), 12);
}
