import { InputError } from "../../inputError.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { Thread } from "../../workers/thread.js";
import { rolloutWorkers, saveFile } from "../browser.js";
import type { StudioHost } from "../host.js";
import { RunStore } from "../store.js";
import { Studio } from "../studio.js";
import type { StudioConfig } from "../studioConfig.js";
import { requireOptions, type StudioOptions } from "./configure.js";
import { LiveStage } from "./liveStage.js";
import { roleThread, type WorkerRole } from "./roles.js";

/** The Studio of a game, from the moment that somebody opens it until it is closed. */
export class GameStudio {
  /** Rejected with one sentence when it cannot be opened. */
  readonly opened: Promise<Studio>;
  private readonly threads = new Set<Thread>();
  private stage: LiveStage | null = null;
  private studio: Studio | null = null;
  private closed = false;

  constructor() {
    this.opened = this.openAsync();
    // Shown by the pane, where there is one to see it.
    this.opened.catch(() => {});
  }

  /** Ends all workers, in the middle of whatever they do; a run goes on from its last checkpoint some other time. */
  dispose(): void {
    this.closed = true;
    this.studio?.dispose();
    for (const thread of this.threads) thread.terminate();
    this.stage?.dispose();
  }

  private async openAsync(): Promise<Studio> {
    const options = requireOptions();
    const store = await RunStore.openAsync();
    this.requireOpen();
    // What there is to say before anybody can read it waits.
    const stage = new LiveStage(options, (kind, text) => {
      this.opened.then(
        (studio) => studio.say(kind, text),
        () => {},
      );
    });
    this.stage = stage;
    const studio = await Studio.createAsync(this.hostOf(options, stage), store);
    this.studio = studio;
    this.requireOpen();
    return studio;
  }

  private hostOf(options: StudioOptions, stage: LiveStage): StudioHost {
    const { scenes, workers = rolloutWorkers() } = options;
    const find = (name: string) => scenes.find((scene) => scene.name === name)!;
    return {
      scenes: scenes.map(({ name, summary }) => ({ name, summary, gaits: [], hasModel: false })),
      loadSceneAsync: async (name) => find(name),
      loadConfigAsync: (name) => loadConfigAsync(find(name), options),
      loadModelAsync: async () => null,
      startTraining: () => this.start(options, "training"),
      startTrials: () => this.start(options, "trial"),
      stage,
      workers,
      saveFile,
    };
  }

  private start({ startWorker }: StudioOptions, role: WorkerRole): Thread {
    this.requireOpen();
    const thread = roleThread(startWorker(), role);
    const { terminate } = thread;
    thread.terminate = () => {
      this.threads.delete(thread);
      terminate();
    };
    this.threads.add(thread);
    return thread;
  }

  private requireOpen(): void {
    if (this.closed) throw new InputError("The Studio has been closed.");
  }
}

async function loadConfigAsync({ name, config }: SceneDefinition, { configs }: StudioOptions): Promise<StudioConfig> {
  const source = `The configuration of ${name}`;
  const given = configs?.[name];
  if (given !== undefined) return { config: { text: given, source }, overlays: [] };
  const response = await fetch(config).catch(() => null);
  if (!response?.ok) {
    throw new InputError(`${source} is not at ${config}; give configureStudio its text: configs: { "${name}": … }.`);
  }
  return { config: { text: await response.text(), source }, overlays: [] };
}
