/** Names of the files of a run in its folder, whoever writes it: the command line or the Studio. */
export const RUN_FILES = {
  policy: "policy.onnx",
  config: "config.yaml",
  metrics: "metrics.jsonl",
  notes: "run.json",
  checkpoints: "checkpoints",
} as const;

const CHECKPOINT = /^checkpoint-(\d+)\.safetensors$/;

/** The name of a checkpoint in its folder. */
export function checkpointName(steps: number): string {
  return `checkpoint-${steps}.safetensors`;
}

/** Steps of those files of the checkpoints' folder that are checkpoints, ascending. */
export function checkpointSteps(names: readonly string[]): number[] {
  const steps = names.flatMap((name) => CHECKPOINT.exec(name)?.[1] ?? []);
  return steps.map(Number).sort((a, b) => a - b);
}
