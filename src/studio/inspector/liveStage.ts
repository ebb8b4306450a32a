import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { MlpPolicy } from "../../policy/mlpPolicy.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { StudioStageHost } from "../host.js";
import type { Studio } from "../studio.js";
import type { StudioOptions } from "./configure.js";
import { LiveAgents } from "./liveAgents.js";

/** The game's own scene as the Studio's stage: it is there already, and only who decides in it changes. */
export class LiveStage implements StudioStageHost {
  private readonly live: LiveAgents | null;
  private readonly onnxRuntime: string | undefined;
  /** Counts what has been asked for, so that a model that is late does not replace what came after it. */
  private wanted = 0;
  /** What does not fit is said once, not with each network. */
  private misfit = false;

  /** @param say tells the user something */
  constructor(
    { academy, onnxRuntime }: StudioOptions,
    private readonly say: Studio["say"],
  ) {
    this.live = academy ? new LiveAgents(academy) : null;
    this.onnxRuntime = onnxRuntime;
  }

  async loadAsync({ name, character }: SceneDefinition): Promise<void> {
    this.wanted++;
    this.misfit = false;
    this.live?.choose(character);
    if (this.live?.count === 0) this.say("info", `There is no character of "${name}" in this game to show it.`);
  }

  setModel(name: string, onnx: Uint8Array): void {
    void this.loadModelAsync(name, onnx);
  }

  setNetwork(network: PolicyNetwork): void {
    this.wanted++;
    if (this.misfit) return;
    try {
      this.live?.show(Object.assign(new MlpPolicy(network), { name: "of the run", metadata: null }));
    } catch (error) {
      this.misfit = true;
      this.say("warning", (error as Error).message);
    }
  }

  dispose(): void {
    this.wanted++;
    this.live?.dispose();
  }

  private async loadModelAsync(name: string, onnx: Uint8Array): Promise<void> {
    const wanted = ++this.wanted;
    if (!this.live) return;
    try {
      const { onnxRuntime } = this;
      const policy = await OnnxPolicy.LoadAsync(onnx, {
        name,
        ...(onnxRuntime !== undefined ? { wasmPaths: onnxRuntime } : {}),
      });
      if (wanted === this.wanted) this.live.show(policy);
      else policy.dispose();
    } catch (error) {
      this.say("warning", (error as Error).message);
    }
  }
}
