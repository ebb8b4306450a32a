import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

let ready: Promise<void> | null = null;

/** A picture drawn from SVG, at twice its size. */
export async function svgToPngAsync(svg: string): Promise<Uint8Array> {
  const { resolve } = createRequire(import.meta.url);
  ready ??= readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")).then((bytes) => initWasm(bytes));
  await ready;
  const fonts = await Promise.all(
    ["DejaVuSans", "DejaVuSans-Bold"].map((name) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))),
  );
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: 2 },
    font: { fontBuffers: fonts.map((bytes) => new Uint8Array(bytes)), defaultFontFamily: "DejaVu Sans" },
  });
  const png = picture.render().asPng();
  picture.free();
  return png;
}
