/**
 * `npm run publish-model -- results/<run-id> [name]`: copies a run's policy to `models/<name>.onnx` and writes its card,
 * `models/<name>.json`: how it was trained, where, what it learnt when, what it scores in 100 episodes of seed 7, and how
 * it moves. The name is the run's scene and gait unless it is given.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { scenes } from "../../scenes/index.js";
import { controlDt } from "../agent/characterAgent.js";
import { runEpisodesAsync, summarizeEpisodes } from "../env/evaluate.js";
import { createPolicyEnvAsync } from "../env/policyEnv.js";
import { OnnxPolicy } from "../inference/onnxPolicy.js";
import { analyseGait } from "../task/gait/analysis.js";
import { writeFileAtomically } from "../train/log/atomicFile.js";
import { TAGS } from "../train/log/metrics.js";
import { readMetrics } from "../train/log/metricsFile.js";
import { RunFolder } from "../train/runFolder.js";
import { recordGaitAsync } from "./gait/record.js";
import { gaitNames } from "./gaitFile.js";

const EPISODES = 100;
const SEED = 7;

const [runPath, nameArgument] = process.argv.slice(2);
if (!runPath) throw new Error("Name the run's folder: npm run publish-model -- results/<run-id> [name]");
const run = new RunFolder(runPath);
const notes = run.readNotes();
const name = nameArgument ?? (notes.gait ? `${notes.scene}-${notes.gait}` : notes.scene);
const scene = await scenes[notes.scene]!.loadAsync();
const models = fileURLToPath(new URL("../../models/", import.meta.url));
const bytes = new Uint8Array(readFileSync(run.policyPath));
const policy = await OnnxPolicy.LoadAsync(bytes, { name: run.policyPath });
const env = await createPolicyEnvAsync(scene, policy, { agents: EPISODES, seed: SEED, gait: true });
const evaluation = summarizeEpisodes(await runEpisodesAsync(env, policy), controlDt(scene.character));
env.dispose();
const gait = scene.character.body.feet?.length
  ? analyseGait(await recordGaitAsync(scene, policy, { episodes: 10, seed: SEED, seconds: 12 }))
  : null;

/** About forty points of the run. */
function learningCurve() {
  const records = readMetrics(run.metricsPath);
  const every = Math.max(1, Math.ceil(records.length / 40));
  return records
    .filter((_, i) => i % every === every - 1)
    .map(({ step, wallSeconds, values }) => ({
      step,
      seconds: Math.round(wallSeconds),
      return: round(values[TAGS.return]),
      episodeSeconds: round((values[TAGS.episodeLength] ?? 0) * controlDt(scene.character)),
    }));
}

const round = (value = 0) => Number(value.toPrecision(4));

const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8" }).stdout.trim();
const card = {
  model: `${name}.onnx`,
  scene: notes.scene,
  summary: scene.summary,
  training: {
    command: notes.command,
    trainer: notes.trainer,
    seed: notes.seed,
    steps: notes.steps,
    wallSeconds: Math.round(notes.wallSeconds),
    end: notes.status,
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
    commit: git("rev-parse", "HEAD"),
    configuration: parse(readFileSync(run.configPath, "utf8")),
    learningCurve: learningCurve(),
  },
  evaluation: {
    command: `npx legwork eval ${notes.scene} --policy models/${name}.onnx --episodes ${EPISODES} --seed ${SEED} --json`,
    seed: SEED,
    ...evaluation,
  },
  ...(gait
    ? { gait: { command: `npx legwork gait ${notes.scene} --policy models/${name}.onnx --json`, ...gait } }
    : {}),
  metadata: policy.metadata,
};
mkdirSync(models, { recursive: true });
copyFileSync(run.policyPath, `${models}${name}.onnx`);
// Gaits are learnt from the scene's own model, and much faster with its critic.
if (name === notes.scene && gaitNames(scene).length > 0) {
  copyFileSync(run.latestCheckpointPath(), `${models}${name}.safetensors`);
}
/** Six digits are enough for everybody; what is counted stays whole. */
const shorter = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
writeFileAtomically(`${models}${name}.json`, `${JSON.stringify(card, shorter, 2)}\n`);
console.log(`models/${name}.onnx and models/${name}.json are written.`);
process.exit(0);
