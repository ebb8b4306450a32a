import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findGait, gaitNames } from "../../src/cli/gaitFile.js";
import { InputError } from "../../src/inputError.js";
import { crawlerScene } from "../support/scene.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-"));
  mkdirSync(join(folder, "scene", "gaits"), { recursive: true });
  for (const name of ["run", "walk-slowly"]) writeFileSync(join(folder, "scene", "gaits", `${name}.yaml`), `# ${name}`);
  writeFileSync(join(folder, "scene", "gaits", "notes.txt"), "");
  writeFileSync(join(folder, "own.yml"), "# own");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sceneIn = (name: string) => ({ ...crawlerScene(), config: pathToFileURL(join(folder, name, "config.yaml")) });

describe("findGait", () => {
  it("takes a file of the scene by its name, or any file by its path", () => {
    const scene = sceneIn("scene");
    expect(gaitNames(scene).toSorted()).toEqual(["run", "walk-slowly"]);
    expect(findGait(scene, "walk-slowly")).toEqual({
      text: "# walk-slowly",
      source: join(folder, "scene", "gaits", "walk-slowly.yaml"),
    });
    const path = join(folder, "own.yml");
    expect(findGait(scene, path)).toEqual({ text: "# own", source: path });
  });

  it("names the gaits that there are", () => {
    for (const gait of ["hop", "../config", "Run", ""]) {
      expect(() => findGait(sceneIn("scene"), gait)).toThrow(
        new RegExp(
          `^Scene "menagerie" has no gait "${gait}"; its gaits are (run, walk-slowly|walk-slowly, run), or give`,
        ),
      );
    }
    expect(gaitNames(sceneIn("empty"))).toEqual([]);
    expect(() => findGait(sceneIn("empty"), "run")).toThrow(
      new InputError('Scene "menagerie" has no gait "run"; it has none, or give the path of a .yaml file.'),
    );
    expect(() => findGait(sceneIn("scene"), join(folder, "none.yaml"))).toThrow(InputError);
  });
});
