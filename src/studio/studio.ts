import type { RewardFault } from "../task/rewards/code.js";
import { rewardLibrary } from "../task/rewards/library.js";
import { loadTrainerConfig } from "../train/config/trainerConfig.js";
import { constantParameters } from "../train/curriculum.js";
import type { MetricRecord } from "../train/log/metrics.js";
import { packRun, readRun, unpackArchive } from "./archive.js";
import type { Notice, RunFile, StudioClient, StudioState } from "./client.js";
import type { StudioHost } from "./host.js";
import { EXAMPLE_TERM } from "./rewards/example.js";
import { RewardSheet } from "./rewards/sheet.js";
import { transpile } from "./rewards/transpile.js";
import { RewardTrial } from "./rewards/trial.js";
import { RunBook } from "./runBook.js";
import { type Beginning, type Chosen, RunControl } from "./runControl.js";
import { sessionProblem } from "./session/remoteSession.js";
import type { RunStore, StoredRun } from "./store.js";
import { readConfig } from "./studioConfig.js";

/** What the Studio does, without a picture of it: scenes, runs, rewards, files. The panel shows its state and calls it. */
export class Studio implements StudioClient {
  state: StudioState;
  private readonly listeners = new Set<() => void>();
  private readonly recordListeners = new Set<() => void>();
  private readonly book: RunBook;
  private readonly control: RunControl;
  private readonly trial: RewardTrial;
  private chosen: Chosen | null = null;
  private sheet: RewardSheet | null = null;
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
    this.control = new RunControl(host, this.book, {
      say: (kind, text) => this.say(kind, text),
      onBackend: (backend) => this.set({ backend }),
      onFaults: (faults) => this.failTerms(faults),
    });
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
    else await studio.showAsync(scene, null);
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
      await this.control.leaveAsync();
      await this.showAsync(name, null);
      this.set({ run: null, backend: null });
    });
  }

  selectGait(gait: string | null): void {
    this.attempt(async () => {
      const { scene } = this.state;
      const config = await this.host.loadConfigAsync(scene, gait);
      await this.chooseAsync({ scene: this.requireChosen().scene, gait, config });
      this.tellRewards();
    });
  }

  train(): void {
    this.attempt(() => this.beginAsync({ seed: this.book.runs.length + 1, parent: null, checkpoint: null }));
  }

  pause(): void {
    this.attempt(() => this.control.pauseAsync());
  }

  resume(): void {
    this.attempt(() => this.control.resumeAsync(this.requireRun(this.state.run), this.requireChosen(), this.sheet!));
  }

  stop(): void {
    this.attempt(() => this.control.stopAsync());
  }

  fork(id: string): void {
    this.attempt(async () => {
      const run = this.requireRun(id);
      if (id !== this.state.run) await this.showRunAsync(run);
      // What it has learnt since its last checkpoint counts as well.
      await this.control.leaveAsync();
      const { bytes } = await this.control.requireCheckpointAsync(run);
      await this.beginAsync({ seed: run.seed, parent: id, checkpoint: { bytes, what: "networks" } });
    });
  }

  openRun(id: string): void {
    this.attempt(async () => {
      if (id === this.state.run) return;
      await this.control.leaveAsync();
      await this.showRunAsync(this.requireRun(id));
    });
  }

  deleteRun(id: string): void {
    this.attempt(async () => {
      if (id === this.state.run) {
        await this.control.leaveAsync();
        this.set({ run: null });
      }
      await this.book.delete(id);
    });
  }

  downloadRun(id: string): void {
    this.attempt(async () => {
      const run = this.requireRun(id);
      const checkpoint = (await this.book.checkpointAsync(id)) ?? null;
      const policy = await this.control.policyAsync(id);
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
      await this.control.leaveAsync();
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
      const bytes = await this.control.policyAsync(run.id);
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
    this.control.dispose();
    this.trial.dispose();
  }

  private async beginAsync(beginning: Beginning): Promise<void> {
    await this.control.leaveAsync();
    const { id, started } = this.control.begin(this.requireChosen(), this.sheet!, beginning);
    this.set({ run: id });
    await started;
  }

  private async showRunAsync(run: StoredRun): Promise<void> {
    await this.showAsync(run.scene, run.gait);
    this.sheet!.restore(run.rewards);
    this.set({ run: run.id, backend: null });
    this.showRewards();
    const policy = (await this.book.checkpointAsync(run.id))?.policy;
    if (policy) this.host.stage.setModel(run.id, policy);
  }

  private async showAsync(name: string, gait: string | null): Promise<void> {
    const scene = await this.host.loadSceneAsync(name);
    await this.chooseAsync({ scene, gait, config: await this.host.loadConfigAsync(name, gait) });
    this.trial.setScene(name);
  }

  private async chooseAsync(chosen: Chosen): Promise<void> {
    const { environmentParameters, legwork } = readConfig(chosen.scene, chosen.config);
    const parameters = constantParameters(environmentParameters);
    await this.host.stage.loadAsync(chosen.scene, { parameters, sensors: legwork.sensors });
    this.chosen = chosen;
    this.sheet = sheetOf(chosen);
    this.set({ scene: chosen.scene.name, gait: chosen.gait });
    this.showRewards();
    await this.showModelAsync();
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
    this.control.tellRewards(this.sheet!.settings());
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

  private requireChosen(): Chosen {
    if (!this.chosen) throw new Error("There is no scene yet.");
    return this.chosen;
  }

  private requireRun(id: string | null): StoredRun {
    const run = id === null ? null : this.book.get(id);
    if (!run) throw new Error("There is no such run.");
    return run;
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

function sheetOf(chosen: Chosen): RewardSheet {
  const { task, character } = chosen.scene;
  return new RewardSheet(task, character.body, readConfig(chosen.scene, chosen.config).legwork.rewards);
}
