import { type CharacterDefinition, controlDt } from "../../agent/characterAgent.js";
import { hashBody } from "../../body/hash.js";
import { type CheckedModel, checkModel } from "../../inference/compatibility.js";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { MlpPolicy } from "../../policy/mlpPolicy.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { Policy } from "../../policy/policy.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { StudioStageHost } from "../host.js";
import type { Studio } from "../studio.js";
import type { StudioOptions } from "./configure.js";

/** The game's own scene as the Studio's stage: it is there already, and only who decides in it changes. */
export class LiveStage implements StudioStageHost {
  private character: CharacterDefinition | null = null;
  /** What decides for the characters now; null: what did before the Studio came. */
  private policy: Policy | null = null;
  /** Counts what has been asked for, so that a model that is late does not replace what came after it. */
  private wanted = 0;
  /** What does not fit is said once, not with each network. */
  private misfit = false;

  /** @param say tells the user something */
  constructor(
    private readonly options: StudioOptions,
    private readonly say: Studio["say"],
  ) {}

  async loadAsync({ name, character }: SceneDefinition): Promise<void> {
    this.wanted++;
    this.misfit = false;
    this.giveBack();
    this.character = character;
    if (this.options.academy?.agentsOf(character.behavior).length === 0)
      this.say("info", `There is no character of "${name}" in this game to show it.`);
  }

  setModel(name: string, onnx: Uint8Array): void {
    void this.loadModelAsync(name, onnx);
  }

  setNetwork(network: PolicyNetwork): void {
    this.wanted++;
    if (this.misfit) return;
    try {
      this.show(Object.assign(new MlpPolicy(network), { name: "of the run", metadata: null }));
    } catch (error) {
      this.misfit = true;
      this.say("warning", (error as Error).message);
    }
  }

  dispose(): void {
    this.wanted++;
    this.giveBack();
  }

  private async loadModelAsync(name: string, onnx: Uint8Array): Promise<void> {
    const wanted = ++this.wanted;
    const { academy, onnxRuntime } = this.options;
    if (!academy) return;
    try {
      const policy = await OnnxPolicy.LoadAsync(onnx, {
        name,
        ...(onnxRuntime !== undefined ? { wasmPaths: onnxRuntime } : {}),
      });
      if (wanted === this.wanted) this.show(policy);
      else policy.dispose();
    } catch (error) {
      this.say("warning", (error as Error).message);
    }
  }

  /** @throws InputError when it does not fit the characters */
  private show(policy: Policy & CheckedModel): void {
    const { character } = this;
    const { academy } = this.options;
    const agent = character && academy?.agentsOf(character.behavior)[0];
    if (!agent || !academy) {
      policy.dispose?.();
      return;
    }
    checkModel(policy, {
      observations: agent.observationBlocks,
      actionSpec: agent.actionSpec,
      actions: agent.actionNames,
      physicsDt: character.clock.physicsDt,
      controlDt: controlDt(character),
      bodyHash: hashBody(character.body),
    });
    academy.setModel(character.behavior, policy);
    this.policy?.dispose?.();
    this.policy = policy;
  }

  /** Lets the characters decide as they did before. */
  private giveBack(): void {
    if (this.character) this.options.academy?.setModel(this.character.behavior, null);
    this.policy?.dispose?.();
    this.policy = null;
  }
}
