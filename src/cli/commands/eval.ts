import type { Command } from "commander";
import { controlDt } from "../../agent/characterAgent.js";
import { runEpisodesAsync, summarizeEpisodes } from "../../env/evaluate.js";
import { createPolicyEnvAsync } from "../../env/policyEnv.js";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { evaluationRows } from "../../train/run.js";
import { assignment, integer, positive, readInput } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";

interface EvalOptions {
  readonly policy: string;
  readonly episodes: number;
  readonly seed: number;
  readonly seconds?: number;
  readonly set?: Record<string, number>;
  readonly json?: boolean;
}

export function addEvalCommand(program: Command): void {
  program
    .command("eval")
    .description("Let a trained policy live reproducible episodes, without exploration, and measure them.")
    .argument("<scene>", "a scene's name, or the path of a scene module")
    .requiredOption("--policy <file>", "the ONNX file")
    .option("--episodes <n>", "number of episodes", integer(1), 100)
    .option("--seed <n>", "seed of the starts", integer(0), 7)
    .option("--seconds <s>", "length of an episode, default the scene's own", positive)
    .option("--set <name=value>", "fix an environment parameter; may be repeated", assignment)
    .option("--json", "print one JSON object")
    .action(async (sceneName: string, options: EvalOptions) => {
      const { scene } = await findSceneAsync(sceneName);
      const policy = await OnnxPolicy.LoadAsync(new Uint8Array(readInput(options.policy, "model")), {
        name: options.policy,
      });
      const env = await createPolicyEnvAsync(scene, policy, {
        agents: options.episodes,
        seed: options.seed,
        gait: true,
        ...(options.set ? { parameters: options.set } : {}),
        ...(options.seconds !== undefined ? { episodeSeconds: options.seconds } : {}),
      });
      try {
        const records = await runEpisodesAsync(env, policy);
        const evaluation = summarizeEpisodes(records, controlDt(scene.character));
        if (options.json) {
          const { episodes, ...figures } = evaluation;
          const result = { scene: scene.name, policy: options.policy, episodes, seed: options.seed, ...figures };
          process.stdout.write(`${JSON.stringify(result)}\n`);
          return;
        }
        process.stdout.write(
          `${scene.name}, ${options.policy}: ${evaluation.episodes} episodes, seed ${options.seed}\n`,
        );
        for (const [label, text] of Object.entries(evaluationRows(evaluation))) {
          process.stdout.write(`  ${label.padEnd(24)}${text}\n`);
        }
      } finally {
        env.dispose();
        policy.dispose();
      }
    });
}
