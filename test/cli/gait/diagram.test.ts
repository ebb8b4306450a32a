import { describe, expect, it } from "vitest";
import { figureRows, gaitDiagram } from "../../../src/cli/gait/diagram.js";
import { svgToPngAsync } from "../../../src/cli/gait/png.js";
import { analyseGait } from "../../../src/task/gait/analysis.js";
import { type WalkOptions, walk } from "../../support/walking.js";

function diagram(options: WalkOptions = {}, title = "walker, policy") {
  const recording = walk(options);
  return gaitDiagram(title, recording, analyseGait([recording]));
}

/** How often a piece of text occurs. */
const count = (text: string, piece: string) => text.split(piece).length - 1;

describe("gaitDiagram", () => {
  it("draws a bar for each time that a foot is down, in the last four seconds", () => {
    const svg = diagram();
    // The left foot from 8.2, 9.2, 10.2 and 11.2 s on; 0.6 s are 0.6 × (960 − 48 − 150) / 4 = 114.3 wide.
    const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)" height="20" fill="#2f6fde"\/>/g)];
    expect(bars.map(([, , width]) => width)).toEqual(["114.3", "114.3", "114.3", "114.3"]);
    // 24 + 150 and 0.2, 1.2 … seconds of 190.5
    expect(bars.map(([, x]) => Number(x))).toEqual([212.1, 402.6, 593.1, 783.6]);
    // The right one is down as the time begins, until 8.3 s, and from 11.7 s to the end.
    expect(count(svg, 'fill="#dd6b12"/>')).toBe(5);
    for (const label of ["8 s", "12 s", "left-foot", "right-foot"]) expect(svg).toContain(`>${label}</text>`);
  });

  it("draws the curve of each joint, with its ends in degrees", () => {
    const svg = diagram();
    expect(count(svg, "<polyline")).toBe(1);
    expect(svg).toContain(">knee  -57 … 57</text>");
    expect(count(diagram({ feet: { foot: [1, 0] } }), "<polyline")).toBe(0);
  });

  it("shows what there is of a short recording, and titles as they are written", () => {
    const svg = diagram({ seconds: 0.5 }, "<a> & b");
    expect(svg).toContain("&lt;a> &amp; b</text>");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("is a picture: PNG at twice its size", async () => {
    const svg = diagram({}, "<a> & b");
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
    const png = await svgToPngAsync(svg);
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const header = new DataView(png.buffer, png.byteOffset);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
    // A page of one colour would be much smaller.
    expect(png.length).toBeGreaterThan(20_000);
  });
});

describe("figureRows", () => {
  it("says what is measured in words and units", () => {
    const rows = Object.fromEntries(figureRows(analyseGait([walk()])));
    expect(rows).toMatchObject({
      "Speed over the ground": "1.30 m/s",
      "Strides per second": "1.00",
      "Length of a stride": "1.30 m",
      "Touchdowns per second": "2.00",
      "No foot on the ground": "0 %",
      "More than half of the feet": "20 %",
      "Froude number": "0.19",
      "Cost of transport": "0.34",
      "Height of the root": "98 %",
      "Duty asymmetry": "0 %",
      "right-foot": "duty 0.60, phase 0.50 (lock 1.00)",
    });
  });

  it("has a dash for what there is nothing to say of", () => {
    const rows = Object.fromEntries(figureRows(analyseGait([walk({ feet: { foot: [1, 0] }, speed: 0 })])));
    for (const name of ["Strides per second", "Length of a stride", "Cost of transport", "Duty asymmetry"]) {
      expect(rows[name]).toBe("–");
    }
  });
});
