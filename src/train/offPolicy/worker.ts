import type { VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { type Experience, type ExploreRequest, Explorer, type ExploringPolicy } from "../../rollout/explorer.js";
import { ActorExploration, type Exploration, OptionChooser } from "./exploration.js";
import type { ActorCriticLayout } from "./layout.js";

export interface ExplorerWorkerOptions {
  readonly env: VectorEnv;
  readonly layout: ActorCriticLayout;
  readonly exploration: Exploration;
  readonly observationClip: number;
  /** Decisions of each agent in one fragment. */
  readonly steps: number;
  readonly random: Random;
  readonly onStep?: () => void;
}

export interface ActorExploreRequest extends Omit<ExploreRequest, "steps"> {
  /** The actor's parameters, in the order of the layout; null: random actions, to fill the buffer. */
  readonly actor: Float32Array | null;
}

/** One of the workers of an off-policy learner: has environments and a copy of the actor, and collects. Knows nothing of threads. */
export class ExplorerWorker {
  private constructor(
    private readonly steps: number,
    private readonly explorer: Explorer,
    private readonly policy: ActorExploration,
    private readonly anything: ExploringPolicy,
  ) {}

  static async createAsync(options: ExplorerWorkerOptions): Promise<ExplorerWorker> {
    const { env, layout, exploration, observationClip, steps, random, onStep } = options;
    const policy = await ActorExploration.createAsync(layout, exploration, env.count, random.split());
    return new ExplorerWorker(
      steps,
      new Explorer(env, observationClip, onStep),
      policy,
      uniformActions(layout, random.split()),
    );
  }

  explore({ actor, ...request }: ActorExploreRequest): Experience {
    if (actor) this.policy.load(actor);
    return this.explorer.explore(actor ? this.policy : this.anything, { ...request, steps: this.steps });
  }
}

/** Every action is as likely as the others. */
function uniformActions({ discrete, actor }: ActorCriticLayout, random: Random): ExploringPolicy {
  if (discrete) {
    const chooser = new OptionChooser(discrete, random);
    return {
      act: (_, count, actions, masks) =>
        chooser.choose(new Float32Array(count * actor.at(-1)!.outputs), count, actions, masks),
    };
  }
  return {
    act: (_, __, actions) => {
      for (let i = 0; i < actions.length; i++) actions[i] = random.uniform(-1, 1);
    },
  };
}
