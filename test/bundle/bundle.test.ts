import { type BuildOptions, build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

/** The folders of src in the order of the data flow; each may import from itself and from those before it. */
const FOLDERS = [
  "body",
  "policy",
  "sensors",
  "actuators",
  "agent",
  "inference", // what a game ships
  "task",
  "env",
  "workers",
  "nn",
  "rollout",
  "export",
  "train",
  "studio",
  "cli",
]; // prettier-ignore

const SHIPPED_BYTES = 1_400_000;

async function bundle(entry: string, options: BuildOptions = {}): Promise<{ text: string; metafile: Metafile }> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    minify: true,
    write: false,
    metafile: true,
    logLevel: "silent",
    external: ["node:*"],
    ...options,
  });
  return { text: result.outputFiles![0]!.text, metafile: result.metafile! };
}

const folderOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

describe("what a game ships", () => {
  for (const entry of ["src/index.ts", "src/inference/index.ts"]) {
    it(`${entry} pulls in nothing of the training half`, async () => {
      const { metafile } = await bundle(entry);
      const inputs = Object.keys(metafile.inputs);
      expect(inputs.length).toBeGreaterThan(10);
      const training = FOLDERS.slice(FOLDERS.indexOf("task"));
      expect(inputs.filter((path) => training.includes(folderOf(path) ?? ""))).toEqual([]);
      expect(inputs.filter((path) => /tensorflow|cli-progress|commander|zod|uplot|\/yaml\//.test(path))).toEqual([]);
      expect(inputs.filter((path) => path.includes("@babylonjs/core/index.js"))).toEqual([]);
    });
  }

  it("the agents do not bring a model runtime along, and the models do not bring the engine", async () => {
    const agents = Object.keys((await bundle("src/index.ts")).metafile.inputs);
    expect(agents.some((path) => path.includes("onnxruntime"))).toBe(false);
    expect(agents.some((path) => path.includes("@babylonjs/core"))).toBe(true);
    const models = Object.keys((await bundle("src/inference/index.ts")).metafile.inputs);
    expect(models.some((path) => path.includes("onnxruntime"))).toBe(true);
    expect(models.some((path) => path.includes("@babylonjs"))).toBe(false);
  });

  it("a character and its model stay small", async () => {
    const { text } = await bundle("scenes/hopper/character.ts");
    expect(text).toContain("hopper");
    expect(text.length).toBeLessThan(SHIPPED_BYTES);
  });

  it("importing it does nothing: an unused import leaves nothing behind", async () => {
    const { text } = await bundle("unused", {
      entryPoints: [],
      stdin: { contents: 'import { Random } from "./src/index.ts"; console.log("kept");', resolveDir: process.cwd() },
    });
    expect(text).toContain("kept");
    expect(text.length).toBeLessThan(700_000); // Babylon's own modules have effects; none of ours may remain
    expect(text).not.toContain("collectObservations");
  });
});

describe("the folders of src", () => {
  it("import only from folders before them", async () => {
    const { metafile } = await bundle("src/cli/main.ts", { platform: "node", packages: "external" });
    const wrong: string[] = [];
    for (const [path, { imports }] of Object.entries(metafile.inputs)) {
      const from = FOLDERS.indexOf(folderOf(path) ?? "");
      for (const { path: target } of imports) {
        const to = FOLDERS.indexOf(folderOf(target) ?? "");
        if (from >= 0 && to > from) wrong.push(`${path} imports ${target}`);
      }
    }
    expect(Object.keys(metafile.inputs).length).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });
});
