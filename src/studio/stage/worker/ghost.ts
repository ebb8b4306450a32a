import { Academy } from "../../../agent/academy.js";
import type { ParameterSource } from "../../../agent/environmentParameters.js";
import type { BodySpec } from "../../../body/spec.js";
import type { Crowd } from "../../../cli/play/crowd.js";
import { PlayAgent } from "../../../cli/play/playAgent.js";
import { sensorsOf } from "../../../inference/compatibility.js";
import { Random } from "../../../random.js";
import type { SceneDefinition } from "../../../task/scene.js";
import type { OpenedPolicy } from "./openPolicy.js";

/** A ghost this far from the others begins anew among them, m. */
const LOST = 12;

/** A character beside the crowd with a policy, and so an academy and environment parameters, of its own. */
export class Ghost {
  readonly agent: PlayAgent;
  private readonly academy: Academy;

  /** @param x where it stands, m */
  constructor(
    private readonly crowd: Crowd,
    scene: SceneDefinition,
    private readonly policy: OpenedPolicy,
    parameters: Readonly<Record<string, ParameterSource>>,
    { x, index, seed }: { readonly x: number; readonly index: number; readonly seed: number },
  ) {
    const { world, terrain } = crowd;
    this.academy = new Academy(world, parameters);
    const ground: [number, number, number] = [x, terrain?.(x, 0) ?? 0, 0];
    const follows = canFollow(scene.character.body) && !terrain;
    this.agent = new PlayAgent(
      world,
      scene,
      { random: new Random(seed), ground, index, model: policy, sensors: sensorsOf(policy) },
      () => {
        ground[2] = follows ? crowd.meanZ() : 0;
      },
    );
    this.academy.add(this.agent);
  }

  /** Before the world makes a step. */
  decideAndAct(): void | Promise<void> {
    const deciding = this.academy.decide();
    if (deciding) return deciding.then(() => this.agent.act());
    this.agent.act();
  }

  /** After the world has made a step. */
  count(): void {
    this.academy.stepCount++;
    this.agent.countStep(this.academy.stepCount);
    if (Math.abs(this.agent.body.positions[2]! - this.crowd.meanZ()) > LOST) this.agent.beginEpisode();
  }

  dispose(): void {
    this.agent.dispose();
    this.policy.dispose?.();
  }
}

/** Whether a body may begin elsewhere along +z than where it was built, which a fixed root or another plane forbids. */
function canFollow({ root }: BodySpec): boolean {
  return root.kind === "free" || (root.kind === "planar" && Math.abs(root.normal[2]) < 1e-6);
}
