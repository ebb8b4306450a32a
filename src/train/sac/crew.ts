import type { VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { type Experience, type ExploreRequest, Explorer, type ExploringPolicy } from "../../rollout/explorer.js";
import { SacExploration } from "./exploration.js";
import type { SacLayout } from "./parameters.js";

export interface SacExploreRequest extends Omit<ExploreRequest, "steps"> {
  /** The actor's parameters, in the order of the layout; null: random actions, to fill the buffer. */
  readonly actor: Float32Array | null;
}

/** The workers of one run, as the trainer sees them: wherever they are, they answer in their order. */
export interface SacCrew {
  /** Agents of each worker. */
  readonly agents: readonly number[];
  startAsync(random: Random): Promise<void>;
  exploreAsync(request: SacExploreRequest): Promise<readonly Experience[]>;
  dispose(): void;
}

export interface InlineSacCrewOptions {
  readonly env: VectorEnv;
  readonly layout: SacLayout;
  readonly observationClip: number;
  /** Decisions of each agent in one fragment. */
  readonly steps: number;
}

/** A crew of one worker in this very thread. */
export class InlineSacCrew implements SacCrew {
  readonly agents: readonly number[];
  private readonly explorer: Explorer;
  private started: { readonly policy: SacExploration; readonly anything: ExploringPolicy } | null = null;

  constructor(private readonly options: InlineSacCrewOptions) {
    this.agents = [options.env.count];
    this.explorer = new Explorer(options.env, options.observationClip);
  }

  async startAsync(random: Random): Promise<void> {
    const { env, layout } = this.options;
    const policy = await SacExploration.createAsync(layout, env.count, random.split());
    this.started = { policy, anything: uniformActions(random.split()) };
  }

  async exploreAsync({ actor, ...request }: SacExploreRequest): Promise<readonly Experience[]> {
    if (!this.started) throw new Error("The crew has not been started.");
    const { policy, anything } = this.started;
    if (actor) policy.load(actor);
    return [this.explorer.explore(actor ? policy : anything, { ...request, steps: this.options.steps })];
  }

  dispose(): void {
    this.options.env.dispose();
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
