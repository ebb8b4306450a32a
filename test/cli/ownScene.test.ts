import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const urlOf = (path: string) => new URL(`../../${path}`, import.meta.url);

it("trains a scene in TypeScript from a folder that is no package of ECMAScript modules", async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-own-scene-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
  writeFileSync(
    join(folder, "floaty.ts"),
    `import hopper from ${JSON.stringify(urlOf("scenes/hopper/index.ts").href)};
import { withReward } from ${JSON.stringify(urlOf("src/task/index.ts").href)};
export default withReward(hopper, "hang-time", 20, ({ feet }) => feet.airSeconds[0]!);
`,
  );
  const bin = fileURLToPath(urlOf("src/cli/bin.js"));
  const options = ["--max-steps", "2048", "--num-workers", "1", "--num-agents", "8", "--json"];
  const child = spawn(process.execPath, [bin, "train", "./floaty.ts", ...options], { cwd: folder });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const [code] = await once(child, "close");
  expect(errors).not.toContain("lost");
  expect(code).toBe(0);
  expect(output).toContain("Reward/hang-time");
});
