import type { RewardFault } from "../task/rewards/code.js";
import { rewardLibrary } from "../task/rewards/library.js";
import type { SceneDefinition } from "../task/scene.js";
import { loadTrainerConfig } from "../train/config/trainerConfig.js";
import type { MetricRecord } from "../train/log/metrics.js";
import { packRun, readRun, unpackArchive } from "./archive.js";
import type { Notice, RunFile, RunStatus, StudioClient, StudioState } from "./client.js";
import type { StudioConfig, StudioHost } from "./host.js";
import { EXAMPLE_TERM } from "./rewards/example.js";
import { RewardSheet } from "./rewards/sheet.js";
import { transpile } from "./rewards/transpile.js";
import { RewardTrial } from "./rewards/trial.js";
import { RunBook } from "./runBook.js";
import { RemoteSession, type SessionListener, sessionProblem } from "./session/remoteSession.js";
import type { RunStore, StoredCheckpoint, StoredRun } from "./store.js";

/** A run that trains, or has just ended, with the worker that does it. */
interface Training {
  readonly run: string;
  readonly session: RemoteSession;
}

interface Beginning {
  readonly seed: number;
  readonly parent: string | null;
  readonly checkpoint: { readonly bytes: Uint8Array; readonly what: "everything" | "networks" } | null;
}

/** A scene on the stage with its preset. */
interface Chosen {
  readonly scene: SceneDefinition;
  readonly gait: string | null;
  readonly config: StudioConfig;
}

/** What the Studio does, without a picture of it: scenes, runs, rewards, files. The panel shows its state and calls it. */
export class Studio implements StudioClient {
  state: StudioState;
  private readonly listeners = new Set<() => void>();
  private readonly recordListeners = new Set<() => void>();
  private readonly book: RunBook;
  private readonly trial: RewardTrial;
  private chosen: Chosen | null = null;
  private sheet: RewardSheet | null = null;
  private training: Training | null = null;
  private notices = 0;

  private constructor(
    private readonly host: StudioHost,
    store: RunStore,
    scene: string,
  ) {
    this.book = new RunBook(
      store,
      () => this.set({ runs: this.book.runs }),
      () => {
        for (const listener of this.recordListeners) listener();
      },
    );
    this.trial = new RewardTrial(host.startTrials, scene);
    this.state = {
      scenes: host.scenes,
      scene,
      gait: null,
      run: null,
      runs: [],
      rewards: [],
      library: Object.entries(rewardLibrary).map(([name, { summary, unit }]) => ({
        name,
        summary: unit ? `${summary} (${unit})` : summary,
      })),
      canUndo: false,
      canRedo: false,
      backend: null,
      notices: [],
    };
  }

  /** Shows a scene, or the run that was left while it trained. */
  static async createAsync(host: StudioHost, store: RunStore, scene = host.scenes[0]!.name): Promise<Studio> {
    const studio = new Studio(host, store, scene);
    const left = await studio.book.loadAsync();
    if (left && host.scenes.some(({ name }) => name === left.scene)) await studio.showRunAsync(left);
    else await studio.chooseAsync(scene, null);
    return studio;
  }

  subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  subscribeRecords = (onChange: () => void): (() => void) => {
    this.recordListeners.add(onChange);
    return () => this.recordListeners.delete(onChange);
  };

  records(run: string): readonly MetricRecord[] {
    return this.book.records(run);
  }

  selectScene(name: string): void {
    this.attempt(async () => {
      await this.leaveAsync();
      await this.chooseAsync(name, null);
      this.set({ run: null, backend: null });
    });
  }

  selectGait(gait: string | null): void {
    this.attempt(async () => {
      const { scene } = this.state;
      const config = await this.host.loadConfigAsync(scene, gait);
      this.choose({ scene: this.requireChosen().scene, gait, config });
      this.tellRewards();
      if (!this.isLive()) await this.showModelAsync();
    });
  }

  train(): void {
    this.attempt(() => this.beginAsync({ seed: this.book.runs.length + 1, parent: null, checkpoint: null }));
  }

  pause(): void {
    this.attempt(async () => {
      await this.training?.session.pauseAsync();
      this.setStatus("paused");
    });
  }

  resume(): void {
    this.attempt(async () => {
      const run = this.requireRun(this.state.run);
      if (run.status === "paused" && this.training) {
        await this.training.session.resumeAsync();
        this.setStatus("running");
        return;
      }
      const checkpoint = await this.requireCheckpointAsync(run);
      await this.book.rewindAsync(run.id, checkpoint.steps);
      await this.startAsync(run, { bytes: checkpoint.bytes, what: "everything" });
    });
  }

  stop(): void {
    this.attempt(async () => this.training?.session.stopAsync());
  }

  fork(id: string): void {
    this.attempt(async () => {
      const run = this.requireRun(id);
      const { bytes } = await this.requireCheckpointAsync(run);
      if (id !== this.state.run) await this.showRunAsync(run);
      await this.beginAsync({ seed: run.seed, parent: id, checkpoint: { bytes, what: "networks" } });
    });
  }

  openRun(id: string): void {
    this.attempt(async () => {
      if (id === this.state.run) return;
      await this.leaveAsync();
      await this.showRunAsync(this.requireRun(id));
    });
  }

  deleteRun(id: string): void {
    this.attempt(async () => {
      if (id === this.state.run) {
        await this.leaveAsync();
        this.set({ run: null });
      }
      await this.book.delete(id);
    });
  }

  downloadRun(id: string): void {
    this.attempt(async () => {
      const run = this.requireRun(id);
      const checkpoint = (await this.book.checkpointAsync(id)) ?? null;
      const policy =
        this.training?.run === id && this.isLive()
          ? await this.training.session.exportPolicyAsync()
          : (checkpoint?.policy ?? null);
      const records = this.book.records(id).filter(({ step }) => !checkpoint || step <= checkpoint.steps);
      this.host.saveFile(`${id}.zip`, packRun({ run, records, checkpoint, policy }));
      if (run.rewards.some(({ kind }) => kind === "code")) {
        this.say(
          "warning",
          "Terms written here are in studio.json of the archive; the command line trains without them.",
        );
      }
    });
  }

  importRun(files: readonly RunFile[]): void {
    this.attempt(async () => {
      const [first] = files;
      const isArchive = files.length === 1 && first!.path.endsWith(".zip");
      const unpacked = isArchive ? unpackArchive(first!.bytes, first!.path) : files;
      const { run, rewards, records, checkpoint, policy } = readRun(
        unpacked,
        (text) => loadTrainerConfig(text, "config.yaml").maxSteps,
      );
      if (!this.host.scenes.some(({ name }) => name === run.scene)) {
        return this.say("error", `The run is of scene "${run.scene}", which is not among the cast here.`);
      }
      const id = this.book.get(run.id) ? this.book.freeId(run.id) : run.id;
      const sheet = await this.sheetOfAsync(run.scene, run.gait);
      const stored: StoredRun = { ...run, id, rewards: rewards ?? sheet.rows };
      await this.book.add(stored, records, checkpoint && { ...checkpoint, ...(policy ? { policy } : {}) });
      await this.leaveAsync();
      await this.showRunAsync(stored);
      this.say("info", `Run ${id} is here, ${run.steps.toLocaleString("en")} steps old.`);
    });
  }

  setWeight(term: string, weight: number): void {
    this.edit((sheet) => sheet.setWeight(term, weight));
  }

  setEnabled(term: string, enabled: boolean): void {
    this.edit((sheet) => sheet.setEnabled(term, enabled));
  }

  addTerm(libraryName: string): void {
    this.edit((sheet) => sheet.addTerm(libraryName));
  }

  addCode(): void {
    this.trial.prepare();
    let name = "";
    this.edit((sheet) => {
      name = sheet.addCode(EXAMPLE_TERM);
    });
    this.applyCode(name, EXAMPLE_TERM);
  }

  applyCode(term: string, code: string): void {
    this.attempt(async () => {
      const read = transpile(term, code);
      const fault = "fault" in read ? read.fault : await this.trial.tryAsync(term, read.js);
      this.edit((sheet) => {
        if (fault) sheet.refuse(term, code, fault);
        else if ("js" in read) sheet.accept(term, code, read.js);
      });
    });
  }

  renameTerm(term: string, name: string): void {
    this.edit((sheet) => sheet.rename(term, name));
  }

  removeTerm(term: string): void {
    this.edit((sheet) => sheet.remove(term));
  }

  undo(): void {
    this.edit((sheet) => sheet.undo());
  }

  redo(): void {
    this.edit((sheet) => sheet.redo());
  }

  resetToPreset(): void {
    this.edit((sheet) => sheet.reset());
  }

  exportPolicy(): void {
    this.attempt(async () => {
      const run = this.requireRun(this.state.run);
      const bytes =
        this.training && this.isLive()
          ? await this.training.session.exportPolicyAsync()
          : (await this.book.checkpointAsync(run.id))?.policy;
      if (!bytes) return this.say("warning", `Run ${run.id} has no policy to export yet; resume it first.`);
      this.host.saveFile(`${run.id}.onnx`, bytes);
      this.say("info", `${run.id}.onnx is saved; onnxruntime acts with it as the network does.`);
    });
  }

  dismissNotice(id: number): void {
    this.set({ notices: this.state.notices.filter((notice) => notice.id !== id) });
  }

  /** Tells the user something, until it is dismissed. */
  say(kind: Notice["kind"], text: string): void {
    if (this.state.notices.some((notice) => notice.text === text)) return;
    this.set({ notices: [...this.state.notices, { id: this.notices++, kind, text }] });
  }

  dispose(): void {
    this.training?.session.dispose();
    this.trial.dispose();
  }

  private async beginAsync({ seed, parent, checkpoint }: Beginning): Promise<void> {
    await this.leaveAsync();
    const { scene, gait, config } = this.requireChosen();
    const id = this.book.freeId(gait ? `${scene.name}-${gait}` : scene.name);
    const run: StoredRun = {
      id,
      scene: scene.name,
      gait,
      trainer: "",
      seed,
      steps: 0,
      maxSteps: loadTrainerConfig(config.config.text, config.config.source, scene.character.behavior).maxSteps,
      status: "starting",
      return: null,
      startedAt: Date.now(),
      parent,
      configuration: "",
      rewards: this.sheet!.rows,
      wallSeconds: 0,
    };
    await this.book.add(run, [], null);
    await this.startAsync(run, checkpoint);
  }

  private async startAsync(run: StoredRun, checkpoint: Beginning["checkpoint"]): Promise<void> {
    this.training?.session.dispose();
    this.set({ run: run.id });
    const session = new RemoteSession(this.host.startTraining, this.listenerOf(run.id));
    this.training = { run: run.id, session };
    this.setStatus("starting");
    const { config } = this.requireChosen();
    try {
      const { backend, trainer, maxSteps, configuration } = await session.startAsync({
        scene: run.scene,
        gait: run.gait,
        ...config,
        seed: run.seed,
        workers: this.host.workers,
        rewards: this.sheet!.settings(),
        checkpoint,
        wallSeconds: run.wallSeconds,
      });
      this.set({ backend });
      this.book.change(run.id, { trainer, maxSteps, configuration, status: "running" });
    } catch (error) {
      this.setStatus("failed");
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
      say: (text) => this.say("warning", text),
      faults: (faults) => this.failTerms(faults),
      end: ({ status, error, policy }) => this.attempt(() => this.endAsync(run, status, error, policy)),
    };
  }

  private async endAsync(
    run: string,
    status: RunStatus,
    error: string | null,
    policy: Uint8Array | null,
  ): Promise<void> {
    this.book.change(run, { status });
    if (error) this.say("error", error);
    const checkpoint = await this.book.checkpointAsync(run);
    if (checkpoint && policy) {
      const whole: StoredCheckpoint = { ...checkpoint, policy };
      await this.book.saveAsync(run, whole, this.requireRun(run).wallSeconds);
    }
    if (this.training?.run !== run) return;
    this.training.session.dispose();
    this.training = null;
  }

  /** Ends what trains at this moment, in an orderly way, before something else is shown. */
  private async leaveAsync(): Promise<void> {
    const { training } = this;
    if (!training || !this.isLive()) return;
    await training.session.stopAsync();
    await new Promise<void>((resolve) => {
      const end = this.subscribe(() => {
        if (this.training === training) return;
        end();
        resolve();
      });
      if (this.training !== training) resolve();
    });
  }

  private async showRunAsync(run: StoredRun): Promise<void> {
    await this.chooseAsync(run.scene, run.gait);
    this.sheet!.restore(run.rewards);
    this.set({ run: run.id, backend: null });
    this.showRewards();
    const policy = (await this.book.checkpointAsync(run.id))?.policy;
    if (policy) this.host.stage.setModel(run.id, policy);
  }

  private async chooseAsync(name: string, gait: string | null): Promise<void> {
    const scene = await this.host.loadSceneAsync(name);
    const config = await this.host.loadConfigAsync(name, gait);
    await this.host.stage.loadAsync(scene);
    this.trial.setScene(name);
    this.choose({ scene, gait, config });
    await this.showModelAsync();
  }

  private choose(chosen: Chosen): void {
    this.chosen = chosen;
    this.sheet = sheetOf(chosen);
    this.set({ scene: chosen.scene.name, gait: chosen.gait });
    this.showRewards();
  }

  private async showModelAsync(): Promise<void> {
    const { scene, gait } = this.state;
    const model = await this.host.loadModelAsync(scene, gait);
    if (model) this.host.stage.setModel(gait ? `${scene}-${gait}` : scene, model);
  }

  private async sheetOfAsync(name: string, gait: string | null): Promise<RewardSheet> {
    const scene = await this.host.loadSceneAsync(name);
    return sheetOf({ scene, gait, config: await this.host.loadConfigAsync(name, gait) });
  }

  private edit(change: (sheet: RewardSheet) => void): void {
    change(this.sheet!);
    this.showRewards();
    this.tellRewards();
  }

  private tellRewards(): void {
    const { run } = this.state;
    if (run !== null) this.book.change(run, { rewards: this.sheet!.rows });
    if (this.training && this.isLive()) {
      const rewards = this.sheet!.settings();
      void this.training.session.setRewardsAsync(rewards).catch(() => {});
    }
  }

  private failTerms(faults: readonly RewardFault[]): void {
    this.edit((sheet) => {
      for (const fault of faults) {
        // Episodes that began before the last change may still speak of what is gone.
        if (sheet.rows.find(({ name }) => name === fault.term)?.js) sheet.fail(fault);
      }
    });
    for (const { term, message } of faults) this.say("error", `Reward term "${term}": ${message}`);
  }

  private showRewards(): void {
    const { rows, canUndo, canRedo } = this.sheet!;
    this.set({ rewards: rows, canUndo, canRedo });
  }

  private setStatus(status: RunStatus): void {
    if (this.state.run !== null) this.book.change(this.state.run, { status });
  }

  private isLive(): boolean {
    const status = this.training && this.book.get(this.training.run)?.status;
    return status === "starting" || status === "running" || status === "paused";
  }

  private requireChosen(): Chosen {
    if (!this.chosen) throw new Error("There is no scene yet.");
    return this.chosen;
  }

  private requireRun(id: string | null): StoredRun {
    const run = id === null ? null : this.book.get(id);
    if (!run) throw new Error("There is no such run.");
    return run;
  }

  private async requireCheckpointAsync(run: StoredRun): Promise<StoredCheckpoint> {
    const checkpoint = await this.book.checkpointAsync(run.id);
    if (!checkpoint) throw new Error(`Run ${run.id} has no checkpoint yet; train it anew.`);
    return checkpoint;
  }

  /** Nothing that a user does makes the page fail: what went wrong is said. */
  private attempt(work: () => Promise<unknown> | undefined): void {
    void (async () => {
      try {
        await work();
      } catch (error) {
        this.say("error", sessionProblem(error));
      }
    })();
  }

  private set(changes: Partial<StudioState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}

function sheetOf({ scene, config }: Chosen): RewardSheet {
  const { text, source } = config.config;
  const { legwork } = loadTrainerConfig(text, source, scene.character.behavior, {}, config.overlays);
  return new RewardSheet(scene.task, scene.character.body, legwork.rewards);
}
