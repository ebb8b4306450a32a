import type { PhysicsWorld } from "../../body/world.js";
import type { SceneDefinition } from "../../task/scene.js";
import { TaskAgent, type TaskAgentOptions } from "../../task/taskAgent.js";

/** Time that a fallen character lies on the ground, so that one sees the fall, before it begins anew. */
const LYING_SECONDS = 1;

/** A character to look at: its episodes have no time limit, and it may get up by itself after a fall. */
export class PlayAgent extends TaskAgent {
  falls = 0;
  private lyingSeconds = 0;

  /** @param beforeEpisode called before each episode, for example to move the place where it begins */
  constructor(
    world: PhysicsWorld,
    scene: SceneDefinition,
    options: TaskAgentOptions,
    private readonly beforeEpisode: () => void,
  ) {
    super(world, scene, { ...options, episodeSeconds: Number.POSITIVE_INFINITY });
  }

  get standing(): boolean {
    return this.lyingSeconds === 0;
  }

  override onEpisodeBegin(): void {
    this.lyingSeconds = 0;
    this.beforeEpisode();
    super.onEpisodeBegin();
  }

  override onDecisionStepEnd(): void {
    const before = this.lyingSeconds;
    super.onDecisionStepEnd();
    // The task ends the episode in every control step that finds the character fallen; this one found it up.
    if (this.lyingSeconds === before) this.lyingSeconds = 0;
  }

  override endEpisode(): void {
    this.lyingSeconds += this.dt;
    if (this.lyingSeconds < LYING_SECONDS) return;
    this.falls++;
    super.endEpisode();
  }
}
