import type { TrainerConfig } from "./config/trainerConfig.js";
import type { MetricRecord } from "./log/metrics.js";
import { Summary } from "./summary.js";
import type { Iteration, Trainer } from "./trainer.js";

/** What happens around the iterations: files and progress in Node, plots in a page. */
export interface LoopHooks {
  /** Called after each iteration, before the next: the place to change what is trained for. */
  onIteration?(iteration: Iteration): void;
  onRecord(record: MetricRecord): void;
  onCheckpointAsync(): Promise<void>;
  /** Asked after each record; true ends the run as solved. */
  isSolvedAsync(record: MetricRecord): Promise<boolean>;
}

/** Why a run ended: the task is solved, `max_steps` are done, or somebody asked it to stop. */
export type LoopEnd = "solved" | "finished" | "stopped";

/**
 * Iterates a trainer until the task is solved, the steps are done or `signal` is aborted (then the iteration under way
 * is finished first). Calls `onCheckpointAsync` every `checkpoint_interval` steps and at the end.
 *
 * @param startSeconds wall time of the run before this call, for a run that goes on
 */
export async function trainLoopAsync(
  trainer: Trainer,
  config: TrainerConfig,
  hooks: LoopHooks,
  signal: AbortSignal,
  startSeconds = 0,
): Promise<LoopEnd> {
  const started = performance.now();
  const wallSeconds = () => startSeconds + (performance.now() - started) / 1000;
  const summary = new Summary(trainer.steps, startSeconds);
  let recorded = trainer.steps;
  let saved = trainer.steps;
  let end: LoopEnd = "finished";
  while (trainer.steps < config.maxSteps) {
    if (signal.aborted) {
      end = "stopped";
      break;
    }
    const iteration = await trainer.iterateAsync();
    summary.add(iteration);
    hooks.onIteration?.(iteration);
    const done = trainer.steps >= config.maxSteps;
    if (trainer.steps - recorded >= config.summaryFreq || done) {
      recorded = trainer.steps;
      const record = summary.flush(trainer.steps, wallSeconds());
      hooks.onRecord(record);
      if (await hooks.isSolvedAsync(record)) {
        end = "solved";
        break;
      }
    }
    if (trainer.steps - saved >= config.checkpointInterval) {
      saved = trainer.steps;
      await hooks.onCheckpointAsync();
    }
    // Lets signals and timers in; awaiting a tensor of the wasm backend does not.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await hooks.onCheckpointAsync();
  return end;
}
