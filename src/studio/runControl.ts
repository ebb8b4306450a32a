import type { RewardSettings } from "../task/resolve.js";
import type { RewardFault } from "../task/rewards/code.js";
import type { SceneDefinition } from "../task/scene.js";
import { isLive, type Notice, type RunStatus } from "./client.js";
import type { StudioHost } from "./host.js";
import type { RewardSheet } from "./rewards/sheet.js";
import type { RunBook } from "./runBook.js";
import type { SessionEnd, StartSession } from "./session/protocol.js";
import { RemoteSession, type SessionListener } from "./session/remoteSession.js";
import type { StoredCheckpoint, StoredRun } from "./store.js";
import { readConfig, type StudioConfig } from "./studioConfig.js";

/** A scene with a preset of its rewards. */
export interface Chosen {
  readonly scene: SceneDefinition;
  readonly gait: string | null;
  readonly config: StudioConfig;
}

/** What whoever shows the runs is told. */
export interface RunEvents {
  say(kind: Notice["kind"], text: string): void;
  onBackend(backend: string): void;
  onFaults(faults: readonly RewardFault[]): void;
}

export interface Beginning {
  readonly seed: number;
  /** Run that it goes on from. */
  readonly parent: string | null;
  readonly checkpoint: StartSession["checkpoint"];
}

/** Starts, rests and ends runs; one trains at a time, in a worker that lives as long as it does. */
export class RunControl {
  private training: { readonly run: string; readonly session: RemoteSession } | null = null;
  private onEnd: (() => void)[] = [];

  constructor(
    private readonly host: StudioHost,
    private readonly book: RunBook,
    private readonly events: RunEvents,
  ) {}

  /** Whether a run trains, or would if it did not rest. */
  get isLive(): boolean {
    const run = this.training && this.book.get(this.training.run);
    return run !== null && isLive(run.status);
  }

  /** A new run. @returns its id, before it has started */
  begin(
    { scene, gait, config }: Chosen,
    sheet: RewardSheet,
    beginning: Beginning,
  ): { id: string; started: Promise<void> } {
    const id = this.book.freeId(gait ? `${scene.name}-${gait}` : scene.name);
    const { trainerType, maxSteps } = readConfig(scene, config);
    const run: StoredRun = {
      id,
      scene: scene.name,
      gait,
      trainer: trainerType,
      seed: beginning.seed,
      steps: 0,
      maxSteps,
      status: "starting",
      return: null,
      startedAt: Date.now(),
      parent: beginning.parent,
      configuration: "",
      rewards: sheet.rows,
      wallSeconds: 0,
    };
    const added = this.book.add(run, [], null);
    return { id, started: added.then(() => this.startAsync(run, config, sheet, beginning.checkpoint)) };
  }

  /** Lets a run go on: one that rests, or one that has ended, from its checkpoint. */
  async resumeAsync(run: StoredRun, { config }: Chosen, sheet: RewardSheet): Promise<void> {
    if (run.status === "paused" && this.training?.run === run.id) {
      await this.training.session.resumeAsync();
      this.book.change(run.id, { status: "running" });
      return;
    }
    const { bytes, steps } = await this.requireCheckpointAsync(run);
    await this.book.rewindAsync(run.id, steps);
    await this.startAsync(run, config, sheet, { bytes, what: "everything" });
  }

  async pauseAsync(): Promise<void> {
    if (!this.training) return;
    await this.training.session.pauseAsync();
    this.book.change(this.training.run, { status: "paused" });
  }

  /** Ends after the iteration under way. */
  async stopAsync(): Promise<void> {
    await this.training?.session.stopAsync();
  }

  /** Ends what trains at this moment, and waits until it has ended. */
  async leaveAsync(): Promise<void> {
    if (!this.isLive) return;
    const ended = new Promise<void>((resolve) => this.onEnd.push(resolve));
    await this.stopAsync();
    await ended;
  }

  tellRewards(rewards: RewardSettings): void {
    // A session that is about to end need not know.
    if (this.isLive) void this.training!.session.setRewardsAsync(rewards).catch(() => {});
  }

  /** A run's newest policy as a checked ONNX file; null: it has none yet. */
  async policyAsync(id: string): Promise<Uint8Array | null> {
    if (this.training?.run === id && this.isLive) return this.training.session.exportPolicyAsync();
    return (await this.book.checkpointAsync(id))?.policy ?? null;
  }

  async requireCheckpointAsync({ id }: StoredRun): Promise<StoredCheckpoint> {
    const checkpoint = await this.book.checkpointAsync(id);
    if (!checkpoint) throw new Error(`Run ${id} has no checkpoint yet; train it anew.`);
    return checkpoint;
  }

  dispose(): void {
    this.training?.session.dispose();
  }

  private async startAsync(
    run: StoredRun,
    config: StudioConfig,
    sheet: RewardSheet,
    checkpoint: StartSession["checkpoint"],
  ): Promise<void> {
    this.training?.session.dispose();
    const session = new RemoteSession(this.host.startTraining, this.listenerOf(run.id));
    this.training = { run: run.id, session };
    this.book.change(run.id, { status: "starting" });
    try {
      const { backend, configuration } = await session.startAsync({
        scene: run.scene,
        gait: run.gait,
        ...config,
        seed: run.seed,
        workers: this.host.workers,
        rewards: sheet.settings(),
        checkpoint,
        wallSeconds: run.wallSeconds,
      });
      this.events.onBackend(backend);
      this.book.change(run.id, { configuration, status: "running" });
    } catch (error) {
      this.end(run.id, "failed");
      throw error;
    }
  }

  private listenerOf(run: string): SessionListener {
    return {
      record: (record) => this.book.addRecord(run, record),
      network: (network) => {
        if (this.training?.run === run) this.host.stage.setNetwork(network);
      },
      saved: ({ checkpoint, steps, wallSeconds }) => {
        void this.book.saveAsync(run, { bytes: checkpoint, steps }, wallSeconds);
      },
      say: (text) => this.events.say("warning", text),
      faults: (faults) => this.events.onFaults(faults),
      end: (end) => void this.endAsync(run, end),
    };
  }

  private async endAsync(id: string, { status, error, policy }: SessionEnd): Promise<void> {
    if (error) this.events.say("error", error);
    const [checkpoint, run] = [await this.book.checkpointAsync(id), this.book.get(id)];
    if (checkpoint && run && policy) await this.book.saveAsync(id, { ...checkpoint, policy }, run.wallSeconds);
    this.end(id, status);
  }

  private end(run: string, status: RunStatus): void {
    this.book.change(run, { status });
    if (this.training?.run !== run) return;
    this.training.session.dispose();
    this.training = null;
    for (const resolve of this.onEnd.splice(0)) resolve();
  }
}
