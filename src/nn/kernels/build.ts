import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

// `npm run build:kernels`: compiles assembly/ and writes it to binary.ts.

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * The WebAssembly module of assembly/. It has no memory, no data and no allocator of its own: it works in the memory of
 * others, on addresses that it is given.
 * @param relaxed for engines with relaxed SIMD, which multiplies and adds in one instruction
 */
export async function compileKernelsAsync(relaxed: boolean): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const options = "-O3 --converge --noAssert --enable simd --runtime stub --importMemory".split(" ");
  if (relaxed) options.push("--enable", "relaxed-simd");
  const { error, stderr } = await main([here("assembly/index.ts"), ...options, "--outFile", "kernels.wasm"], {
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
  });
  if (error || !binary) throw error ?? new Error(`The kernels could not be compiled: ${stderr}`);
  return binary;
}

/** The text of binary.ts. */
export function sourceOfBinaries(plain: Uint8Array, relaxed: Uint8Array): string {
  return `// The kernels of assembly/, compiled to WebAssembly, in base64. Written by \`npm run build:kernels\`.

/** For every engine with SIMD. */
export const KERNELS_BINARY = ${literal(plain)};

/** For engines with relaxed SIMD, too. */
export const RELAXED_KERNELS_BINARY = ${literal(relaxed)};
`;
}

function literal(binary: Uint8Array): string {
  const lines =
    Buffer.from(binary)
      .toString("base64")
      .match(/.{1,112}/g) ?? [];
  return `[\n${lines.map((line) => `  "${line}",`).join("\n")}\n].join("")`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [plain, relaxed] = [await compileKernelsAsync(false), await compileKernelsAsync(true)];
  writeFileSync(here("binary.ts"), sourceOfBinaries(plain, relaxed));
}
