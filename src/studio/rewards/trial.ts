import type { RewardFault } from "../../task/rewards/code.js";
import { Remote, WorkerLostError } from "../../workers/remote.js";
import type { StartThread } from "../../workers/thread.js";

/** A term that takes longer than this for a second or two of simulated time never comes back. */
const TRIAL_MILLISECONDS = 1500;
/** Loading a scene and its physics may take this long. */
const PREPARE_SECONDS = 60;

/** Tries reward terms out in a worker of their own, which is ended when a term does not come back. */
export class RewardTrial {
  private remote: Remote | null = null;
  private prepared: Promise<unknown> | null = null;

  /** @param startThread starts a Web Worker that calls `serveTrials` */
  constructor(
    private readonly startThread: StartThread,
    private scene: string,
  ) {}

  /** Terms are tried with another scene from now on. */
  setScene(scene: string): void {
    if (scene === this.scene) return;
    this.scene = scene;
    this.restart();
  }

  /** @returns what is wrong with the term; null: nothing that showed */
  async tryAsync(term: string, code: string): Promise<RewardFault | null> {
    this.remote ??= new Remote(this.startThread(), PREPARE_SECONDS);
    this.prepared ??= this.remote.call("prepare", this.scene);
    await this.prepared;
    const { remote } = this;
    const late = setTimeout(() => remote.terminate("it did not come back"), TRIAL_MILLISECONDS);
    try {
      return (await remote.call("try", { term, code })) as RewardFault | null;
    } catch (error) {
      if (!(error instanceof WorkerLostError)) throw error;
      this.restart();
      const message = `It did not come back within ${TRIAL_MILLISECONDS / 1000} s: is there an endless loop?`;
      return { term, message, line: null };
    } finally {
      clearTimeout(late);
    }
  }

  /** Starts the worker, so that the first trial need not wait for it. */
  prepare(): void {
    this.remote ??= new Remote(this.startThread(), PREPARE_SECONDS);
    this.prepared ??= this.remote.call("prepare", this.scene);
    // Its failure is met by whoever tries a term.
    this.prepared.catch(() => {});
  }

  dispose(): void {
    this.remote?.terminate();
    this.remote = null;
    this.prepared = null;
  }

  private restart(): void {
    this.dispose();
    this.prepare();
  }
}
