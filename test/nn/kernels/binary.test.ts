import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KERNELS_BINARY, RELAXED_KERNELS_BINARY } from "../../../src/nn/kernels/binary.js";
import { compileKernelsAsync, sourceOfBinaries } from "../../../src/nn/kernels/build.js";
import { enableRelaxedSimd } from "../../../src/nn/kernels/relaxedSimd.js";

describe("the compiled kernels", () => {
  it("are what assembly/ gives", async () => {
    const text = readFileSync(new URL("../../../src/nn/kernels/binary.ts", import.meta.url), "utf8");
    expect(text).toBe(sourceOfBinaries(await compileKernelsAsync(false), await compileKernelsAsync(true)));
  });

  it.each([
    { name: "plain", base64: KERNELS_BINARY },
    { name: "relaxed", base64: RELAXED_KERNELS_BINARY },
  ])(
    "import a memory, and have no data, stack or other state that could overwrite what is in it: $name",
    ({ base64 }) => {
      enableRelaxedSimd();
      const binary = Buffer.from(base64, "base64");
      expect(WebAssembly.Module.imports(new WebAssembly.Module(binary))).toEqual([
        { module: "env", name: "memory", kind: "memory" },
      ]);
      // Types, imports, functions, exports, code; without tables (4), memories (5), globals (6), a start (8), data (11).
      expect(sectionIds(binary)).toEqual([1, 2, 3, 7, 10]);
    },
  );
});

/** A module is 8 bytes of header and sections, each an id, its size as LEB128 and as many bytes. */
function sectionIds(binary: Buffer): number[] {
  const ids: number[] = [];
  for (let at = 8; at < binary.length; ) {
    ids.push(binary[at++]!);
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      size |= (binary[at]! & 127) << shift;
      more = binary[at++]! > 127;
    }
    at += size;
  }
  return ids;
}
