import type { Engine } from "@babylonjs/core/Engines/engine.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { SceneDefinition } from "../../task/scene.js";
import { WorkerLostError } from "../../workers/remote.js";
import { GhostList, type PlacedGhost } from "./ghostList.js";
import type { Frame, LoadRequest, NamedPolicy, PolicySource, StageCommands } from "./protocol.js";
import { StageLink } from "./stageLink.js";
import { asTrained, onGround } from "./stageScene.js";
import type { StageClient, StageSettings, StageState } from "./stageState.js";
import { StageStore } from "./stageStore.js";
import { StageWatch } from "./stageWatch.js";
import { createEngine } from "./view/createEngine.js";
import { StageView } from "./view/stageView.js";

/** So many workers lost within so many ms: the next one would be lost as well. */
const MAX_LOST = 3;
const LOST_WINDOW = 60_000;

export interface StudioStageOptions {
  /** Starts a Web Worker whose module calls `serveStage`. */
  readonly startWorker: () => Worker;
  /** Tells the user something, in one sentence. */
  readonly say: (kind: "info" | "warning" | "error", text: string) => void;
}

/** How characters are trained, where it differs from their scene. */
export type TrainedAs = Partial<Pick<LoadRequest, "parameters" | "sensors" | "seed">>;

/**
 * The scene that the Studio shows. The page only draws: physics and policies of the characters run in a Web Worker, in
 * real time, whatever the page does.
 */
export class StudioStage implements StageClient {
  private readonly store = new StageStore();
  private readonly engine: Engine;
  private readonly software: boolean;
  private readonly watch: StageWatch;
  private readonly resizes: ResizeObserver;
  private readonly ghosts = new GhostList();
  private link: StageLink;
  private view: StageView | null = null;
  private definition: SceneDefinition | null = null;
  private request: Omit<LoadRequest, "id" | "ground"> | null = null;
  private loads = 0;
  /** Whether the worker has the scene that is wanted. */
  private ready = false;
  /** Wanted, and the last one that has been sent; undefined: none since the scene was loaded. */
  private policy: NamedPolicy | null = null;
  private sentPolicy: NamedPolicy | null | undefined;
  private sending = false;
  private lastDraw = 0;
  private resized = false;
  private readonly lostAt: number[] = [];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: StudioStageOptions,
  ) {
    const { engine, software } = createEngine(canvas);
    this.engine = engine;
    this.software = software;
    this.link = this.startLink();
    this.watch = new StageWatch(
      this.store,
      async () => (this.ready ? this.link.call("look", undefined) : null),
      () => this.framesPerSecond,
    );
    this.resizes = new ResizeObserver(() => {
      this.resized = true;
    });
    this.resizes.observe(canvas);
    document.addEventListener("visibilitychange", this.onVisibility);
    this.engine.runRenderLoop(() => this.draw());
  }

  get state(): StageState {
    return this.store.state;
  }

  get framesPerSecond(): number {
    return this.engine.getFps();
  }

  subscribe(onChange: () => void): () => void {
    return this.store.subscribe(onChange);
  }

  /**
   * Shows another scene, or the same one anew: nobody has a policy then, and the ghosts are gone.
   * @param agents how many of its characters
   * @throws RemoteError with one sentence when it cannot be shown
   */
  async loadAsync(scene: SceneDefinition, agents: number, trainedAs: TrainedAs = {}): Promise<void> {
    const { parameters = {}, sensors = null, seed = 1 } = trainedAs;
    this.definition = scene;
    this.request = { scene: scene.name, agents, seed, parameters, sensors };
    this.policy = null;
    this.ghosts.clear();
    this.store.update({ ghosts: [], figures: null, footfalls: null });
    if (this.link.ended) this.link = this.startLink();
    await this.showAsync();
  }

  /** Gives the characters another policy, in the middle of whatever they do; null: they keep still. */
  setNetwork(network: PolicyNetwork | null): void {
    this.policy = network && { name: "of the run", source: network };
    void this.sendPolicyAsync();
  }

  /** Gives the characters the policy of an ONNX file. What does not fit is said. */
  setModel(name: string, onnx: Uint8Array): void {
    this.policy = { name, source: onnx };
    void this.sendPolicyAsync();
  }

  set(settings: Partial<StageSettings>): void {
    const before = this.state.settings;
    const after = { ...before, ...settings };
    this.store.update({ settings: after });
    this.view?.joints.setVisible(after.showJointLimits);
    if (after.ground !== before.ground) this.showAsync().catch(this.complain);
    else this.sendSettings();
  }

  reset(): void {
    this.tell("reset", undefined);
  }

  dropBox(): void {
    this.tell("dropBox", undefined);
  }

  addGhost(name: string, policy: PolicySource): void {
    const ghost = this.ghosts.place({ name, source: policy });
    if (ghost) void this.sendGhostAsync(ghost);
    else this.options.say("warning", "There is no place for another policy beside the others; remove one first.");
  }

  removeGhost(id: number): void {
    const ghost = this.ghosts.remove(id);
    if (!ghost) return;
    this.tell("removeGhost", ghost.slot);
    this.store.update({ ghosts: this.state.ghosts.filter((other) => other.id !== id) });
    this.view?.removeGhost(ghost.slot);
  }

  /** Where the centre of a part is on the canvas, CSS pixels; null before anything is shown. */
  partOnCanvas(character: number, part: string): { x: number; y: number } | null {
    const index = this.definition?.character.body.parts.findIndex(({ name }) => name === part) ?? -1;
    return index < 0 ? null : (this.view?.placeOnCanvas({ character, part: index }) ?? null);
  }

  /** Ends the worker and gives the canvas back. */
  dispose(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.resizes.disconnect();
    this.watch.dispose();
    this.link.terminate();
    this.view?.dispose();
    this.engine.dispose();
  }

  private startLink(): StageLink {
    return new StageLink(
      this.options.startWorker(),
      (frame) => this.receive(frame),
      (reason) => this.restart(reason),
    );
  }

  private receive(frame: Frame): void {
    if (frame.load === this.loads) this.view?.add(frame);
  }

  /** Lets the worker build the scene as it is wanted now, and brings everything else there. */
  private async showAsync(): Promise<void> {
    if (!this.request || !this.definition) return;
    const id = ++this.loads;
    this.ready = false;
    const { ground } = this.state.settings;
    const staged = onGround(asTrained(this.definition, this.request), ground);
    this.view?.dispose();
    this.view = new StageView(this.engine, this.canvas, staged, this.request.agents, {
      giveBack: (frame) => this.link.giveBack(frame),
      push: (push) => this.tell("push", push),
      describePush: (text) => {
        if (text !== this.state.push) this.store.update({ push: text });
      },
    });
    if (this.software) this.view.drawPlainly();
    this.view.joints.setVisible(this.state.settings.showJointLimits);
    try {
      await this.link.call("load", { ...this.request, id, ground });
    } catch (error) {
      // The scene goes to the next worker, or another one is wanted already.
      if (error instanceof WorkerLostError || id !== this.loads) return;
      throw error;
    }
    if (id !== this.loads) return;
    this.ready = true;
    this.sentPolicy = undefined;
    this.sendSettings();
    void this.sendPolicyAsync();
    for (const ghost of this.ghosts.all) void this.sendGhostAsync(ghost);
  }

  private sendSettings(): void {
    const { paused, speed, showContacts } = this.state.settings;
    this.tell("run", { running: !paused && !document.hidden, speed });
    this.tell("showContacts", showContacts);
  }

  /** Sends the policy that is wanted; where several come while one is under way, only the last of them. */
  private async sendPolicyAsync(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    while (this.ready && this.sentPolicy !== this.policy) {
      this.sentPolicy = this.policy;
      await this.link.call("setPolicy", this.policy).catch(this.complain);
    }
    this.sending = false;
  }

  private async sendGhostAsync(ghost: PlacedGhost): Promise<void> {
    const { id, name, slot, source } = ghost;
    if (!this.ready) return;
    const load = this.loads;
    try {
      await this.link.call("addGhost", { slot, name, source });
    } catch (error) {
      if (error instanceof WorkerLostError || load !== this.loads) return;
      this.removeGhost(id);
      this.complain(error);
      return;
    }
    if (load !== this.loads) return;
    // Taken away before it was there.
    if (!this.ghosts.has(id)) {
      if (!this.ghosts.all.some((other) => other.slot === slot)) this.tell("removeGhost", slot);
      return;
    }
    this.view?.addGhost(slot, name);
    const others = this.state.ghosts.filter((other) => other.id !== id);
    this.store.update({ ghosts: [...others, { id, name }] });
  }

  /** What the worker cannot do is said; nothing is told to one that has not got the scene yet. */
  private tell<K extends keyof StageCommands>(method: K, argument: StageCommands[K]): void {
    if (this.ready) this.link.call(method, argument).catch(this.complain);
  }

  private readonly complain = (error: unknown): void => {
    if (!(error instanceof WorkerLostError)) this.options.say("error", (error as Error).message);
  };

  private restart(reason: string): void {
    const now = performance.now();
    this.lostAt.push(now);
    while (this.lostAt[0]! < now - LOST_WINDOW) this.lostAt.shift();
    this.ready = false;
    if (this.lostAt.length >= MAX_LOST) {
      this.options.say("error", `The stage has stopped (${reason}); choose a scene to start it again.`);
      return;
    }
    this.options.say("warning", `The stage had stopped (${reason}) and has been started again.`);
    this.link = this.startLink();
    this.showAsync().catch(this.complain);
  }

  private readonly onVisibility = (): void => {
    this.sendSettings();
  };

  private draw(): void {
    if (this.resized) {
      this.resized = false;
      this.engine.resize();
    }
    const now = performance.now();
    const dt = (now - this.lastDraw) / 1000;
    this.lastDraw = now;
    const { follow, speed } = this.state.settings;
    this.view?.draw(performance.timeOrigin + now, follow ? dt * speed : null);
  }
}
