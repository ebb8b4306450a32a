import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { legwork } from "../support/commandLine.js";

const url = (path: string) => pathToFileURL(join(import.meta.dirname, "../..", path)).href;
const STEPS = 1_200_000;

/** The README's example, a scene module of somebody who uses the package, in a folder of their own. */
function sceneFile(folder: string, weight: number): string {
  const path = join(folder, `floaty-${weight}.ts`);
  writeFileSync(
    path,
    `import hopper from ${JSON.stringify(url("scenes/hopper/index.ts"))};
import { withReward } from ${JSON.stringify(url("src/task/index.ts"))};

/** Seconds since the foot has left the ground: long, floating hops. */
export default withReward(hopper, "hang-time", ${weight}, ({ feet }) => feet.airSeconds[0]!);
`,
  );
  return path;
}

it("lets a reward term from a file of the user's own change a gait", async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-own-reward-"));
  const dutyFactor = async (weight: number) => {
    const scene = sceneFile(folder, weight);
    const results = join(folder, String(weight));
    const training = ["train", scene, "--seed", "1", "--max-steps", String(STEPS), "--no-early-stop", "--json"];
    await succeed(...training, "--results-dir", results, "--num-workers", "2");
    const output = await succeed("gait", scene, "--policy", join(results, "hopper/policy.onnx"), "--json");
    return (JSON.parse(output) as { dutyFactor: number }).dutyFactor;
  };
  const [plain, floaty] = [await dutyFactor(0), await dutyFactor(20)];
  console.log(`foot on the ground: ${plain.toFixed(3)} of the stride without the term, ${floaty.toFixed(3)} with it`);
  expect(floaty).toBeLessThan(0.85 * plain);
});

/** What a command prints that has to work. */
async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await legwork(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}
