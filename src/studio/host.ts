import type { PolicyNetwork } from "../policy/network.js";
import type { SceneDefinition } from "../task/scene.js";
import type { StartThread } from "../workers/thread.js";
import type { SceneSummary } from "./client.js";
import type { TrainedAs } from "./stage/studioStage.js";
import type { StudioConfig } from "./studioConfig.js";

/** What the page, the editor or the game around the Studio gives it. */
export interface StudioHost {
  readonly scenes: readonly SceneSummary[];
  loadSceneAsync(name: string): Promise<SceneDefinition>;
  /** The scene's trainer file, and what a gait lays over it. */
  loadConfigAsync(scene: string, gait: string | null): Promise<StudioConfig>;
  /** The model that comes with a scene or a gait of it, an ONNX file; null: none does. */
  loadModelAsync(scene: string, gait: string | null): Promise<Uint8Array | null>;
  /** Starts a Web Worker that calls `serveTraining`. */
  readonly startTraining: StartThread;
  /** Starts a Web Worker that calls `serveTrials`. */
  readonly startTrials: StartThread;
  /** Where the characters are shown. */
  readonly stage: StudioStageHost;
  /** Threads that collect; the page and the learner want some of the machine, too. */
  readonly workers: number;
  /** Gives the user a file. */
  saveFile(name: string, bytes: Uint8Array): void;
}

/** The stage as the Studio sees it. */
export interface StudioStageHost {
  /** Shows another scene, its characters at rest, with what they are trained with. */
  loadAsync(scene: SceneDefinition, trainedAs: TrainedAs): Promise<void>;
  /** Lets all characters act by an ONNX file; what does not fit is said. */
  setModel(name: string, onnx: Uint8Array): void;
  /** Lets all characters act by a network, at once. */
  setNetwork(network: PolicyNetwork): void;
}
