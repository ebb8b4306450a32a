import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { MetricRecord } from "../../../src/train/log/metrics.js";
import { createProgress } from "../../../src/train/log/progress.js";

/** A stream that is a terminal with as many lines as needed, of which it keeps what one would see. */
class Screen extends Writable {
  readonly isTTY = true;
  readonly columns = 110;
  readonly lines: string[] = [""];
  private row = 0;
  private column = 0;
  private savedRow = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences begin with escape
    for (const [token] of chunk.toString().matchAll(/\x1b\[\d*[A-Za-z]|\x1b[78]|./gs)) this.put(token);
    done();
  }

  private put(token: string): void {
    const line = this.lines[this.row] ?? "";
    if (token === "\n") {
      this.row++;
      this.column = 0;
      if (this.row === this.lines.length) this.lines.push("");
    } else if (token === "\r" || token === "\x1b[1G") this.column = 0;
    else if (token === "\x1b[K" || token === "\x1b[0K") this.lines[this.row] = line.slice(0, this.column);
    else if (token === "\x1b7") this.savedRow = this.row;
    else if (token === "\x1b8") {
      this.row = this.savedRow;
      this.column = 0;
    } else if (token.startsWith("\x1b")) throw new Error(`unexpected control sequence ${JSON.stringify(token)}`);
    else {
      this.lines[this.row] = line.slice(0, this.column) + token + line.slice(this.column + 1);
      this.column++;
    }
  }
}

class Lines extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const record = (step: number, wallSeconds: number): MetricRecord => ({
  step,
  wallSeconds,
  values: {
    "Performance/Steps per Second": 12_345,
    "Environment/Cumulative Reward": 1234.56,
    "Environment/Episode Length": 812,
  },
});

describe("createProgress without a terminal", () => {
  const options = { maxSteps: 2_000_000, isTerminal: false, json: false };

  it("says how far the run is and how long it takes", () => {
    const stream = new Lines();
    // (2 000 000 − 740 000) / 12 345 per second = 102.07 s
    createProgress({ ...options, stream }).write(record(740_000, 60));
    expect(stream.text).toBe(" 37%  740K/2M steps  12.3K steps/s  return 1235  length 812  1m42s left\n");
  });

  it("leaves out what the record does not have", () => {
    const stream = new Lines();
    const values = { "Environment/Cumulative Reward": Number.NaN, "Policy/Entropy": 1 };
    createProgress({ ...options, stream }).write({ step: 1_999_999, wallSeconds: 60, values });
    expect(stream.text).toBe(" 99%  2M/2M steps\n");
  });

  it.each([
    [1_999_000, "0.1", "2h46m left"], // 1000 / 0.1 = 10 000 s = 2 h 46 min 40 s
    [1_999_000, "20", "50s left"],
    [2_001_000, "20", "0s left"],
  ])("at step %i and %s steps/s: %s", (step, rate, expected) => {
    const stream = new Lines();
    const values = { "Performance/Steps per Second": Number(rate) };
    createProgress({ ...options, stream }).write({ step, wallSeconds: 0, values });
    expect(stream.text.trimEnd().split("  ").at(-1)).toBe(expected);
  });

  it("prints a line every five seconds of training, and the last record at the end", () => {
    const stream = new Lines();
    const progress = createProgress({ ...options, stream });
    for (const [step, seconds] of [
      [10_000, 100],
      [20_000, 104.9],
      [30_000, 105],
      [40_000, 109],
      [50_000, 109.5],
    ] as const)
      progress.write(record(step, seconds));
    progress.message("checkpoint written");
    progress.close();
    progress.close();
    expect(stream.text.split("\n").map((line) => line.match(/\d+K\/|^check.*/)?.[0])).toEqual([
      "10K/",
      "30K/",
      "checkpoint written",
      "50K/",
      undefined,
    ]);
  });
});

describe("createProgress with json", () => {
  it("prints every record as a line of JSON and sends messages elsewhere", () => {
    const stream = new Lines();
    const messageStream = new Lines();
    const progress = createProgress({ maxSteps: 100, stream, isTerminal: true, json: true, messageStream });
    progress.write({ step: 10, wallSeconds: 1, values: { "Policy/Entropy": Number.NaN } });
    progress.message("checkpoint written");
    progress.write({ step: 20, wallSeconds: 1.5, values: { "Policy/Entropy": 0.5 } });
    progress.close();
    expect(stream.text).toBe(
      '{"step":10,"wallSeconds":1,"Policy/Entropy":null}\n{"step":20,"wallSeconds":1.5,"Policy/Entropy":0.5}\n',
    );
    expect(messageStream.text).toBe("checkpoint written\n");
  });
});

describe("createProgress on a terminal", () => {
  it("keeps one live line at the bottom, with messages above it", () => {
    const stream = new Screen();
    const progress = createProgress({ maxSteps: 2_000_000, stream, isTerminal: true, json: false });
    progress.message("run walker-3");
    progress.write(record(740_000, 60));
    const text = " 37%  740K/2M steps  12.3K steps/s  return 1235  length 812  1m42s left";
    // 110 columns − text − 2 leave 37 for the bar: 37 % of it, 13.69, are filled.
    expect(stream.lines).toEqual(["run walker-3", `${"█".repeat(14)}${"░".repeat(23)} ${text}`]);

    progress.message("checkpoint written");
    progress.message("evaluated");
    expect(stream.lines.slice(1)).toEqual([
      "checkpoint written",
      "evaluated",
      expect.stringMatching(/^█{14}░{23} {2}37%/),
    ]);

    progress.write(record(2_000_000, 160));
    progress.close();
    progress.message("done");
    expect(stream.lines.slice(2)).toEqual([
      "evaluated",
      expect.stringMatching(/^█{40} 100% {2}2M\/2M steps .* 0s left$/),
      "done",
      "",
    ]);
  });

  it("never takes more than one line", () => {
    const stream = new Screen();
    Object.assign(stream, { columns: 40 });
    const progress = createProgress({ maxSteps: 2_000_000, stream, isTerminal: true, json: false });
    progress.write(record(740_000, 60));
    progress.close();
    expect(stream.lines.map((line) => line.length)).toEqual([40, 0]);
  });
});
