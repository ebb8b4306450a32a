import type { VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { type Experience, type ExploreRequest, Explorer, type ExploringPolicy } from "../../rollout/explorer.js";
import { SacExploration } from "./exploration.js";
import type { SacLayout } from "./parameters.js";

export interface SacWorkerOptions {
  readonly env: VectorEnv;
  readonly layout: SacLayout;
  readonly observationClip: number;
  /** Decisions of each agent in one fragment. */
  readonly steps: number;
  readonly random: Random;
  readonly onStep?: () => void;
}

export interface SacExploreRequest extends Omit<ExploreRequest, "steps"> {
  /** The actor's parameters, in the order of the layout; null: random actions, to fill the buffer. */
  readonly actor: Float32Array | null;
}

/** One of the workers of SAC: has environments and a copy of the actor, and collects. Knows nothing of threads. */
export class SacWorker {
  private constructor(
    private readonly steps: number,
    private readonly explorer: Explorer,
    private readonly policy: SacExploration,
    private readonly anything: ExploringPolicy,
  ) {}

  static async createAsync(options: SacWorkerOptions): Promise<SacWorker> {
    const { env, layout, observationClip, steps, random, onStep } = options;
    const policy = await SacExploration.createAsync(layout, env.count, random.split());
    return new SacWorker(steps, new Explorer(env, observationClip, onStep), policy, uniformActions(random.split()));
  }

  explore({ actor, ...request }: SacExploreRequest): Experience {
    if (actor) this.policy.load(actor);
    return this.explorer.explore(actor ? this.policy : this.anything, { ...request, steps: this.steps });
  }
}

/** Every action is as likely as the others. */
function uniformActions(random: Random): ExploringPolicy {
  return {
    act: (_, __, actions) => {
      for (let i = 0; i < actions.length; i++) actions[i] = random.uniform(-1, 1);
    },
  };
}
