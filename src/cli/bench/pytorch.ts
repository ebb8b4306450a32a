import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { MinibatchSize } from "./learner.js";

/** Debian's own Python comes second, because that is where `apt-get install python3-torch` puts PyTorch. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const ONE_THREAD = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** What PyTorch can time: one gradient step of PPO, one update of SAC. */
const SCRIPTS = { ppo: "ppo_minibatch.py", sac: "sac_update.py" };
export type TimedTrainer = keyof typeof SCRIPTS;

/** PyTorch in a process of its own, which times gradient steps when asked to. */
export class PyTorch {
  private readonly answers: AsyncIterator<string>;

  private constructor(private readonly process: ChildProcessWithoutNullStreams) {
    process.on("error", () => {}); // there is no such program; then there are no answers either
    process.stdin.on("error", () => {});
    process.stderr.resume();
    this.answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  /** The first Python that has PyTorch; null where none has. */
  static async startAsync(trainer: TimedTrainer): Promise<PyTorch | null> {
    const script = fileURLToPath(new URL(SCRIPTS[trainer], import.meta.url));
    for (const python of PYTHONS) {
      const child = spawn(python, ["-B", script], { env: { ...process.env, ...ONE_THREAD } });
      const candidate = new PyTorch(child);
      if ((await candidate.timeAsync({ hidden: [8], batch: 8, observations: 2, actions: 1 }, 1)) !== null)
        return candidate;
      candidate.dispose();
    }
    return null;
  }

  /** Mean milliseconds of one step in a block of so many; null when the process has died. */
  async timeAsync(size: MinibatchSize, iterations: number): Promise<number | null> {
    this.process.stdin.write(`${JSON.stringify({ ...size, iterations })}\n`);
    const answer = await this.answers.next();
    return answer.done ? null : (JSON.parse(answer.value) as { ms: number }).ms;
  }

  dispose(): void {
    this.process.stdin.end();
  }
}
