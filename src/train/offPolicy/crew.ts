import type { EpisodeRecord, VectorEnv } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import type { Experience } from "../../rollout/explorer.js";
import { WorkerGroup } from "../../workers/group.js";
import { shareEpisodesAsync } from "../worker/episodes.js";
import type { CrewThreads } from "../worker/threads.js";
import type { Exploration } from "./exploration.js";
import type { StartExploringRequest } from "./handlers.js";
import type { ActorCriticLayout } from "./layout.js";
import { type ActorExploreRequest, ExplorerWorker } from "./worker.js";

/** The workers of one run, as the trainer sees them: wherever they are, they answer in their order. */
export interface ExplorerCrew {
  /** Agents of each worker. */
  readonly agents: readonly number[];
  /** @param random draws a seed for each worker */
  startAsync(random: Random): Promise<void>;
  /** Lets each worker collect a fragment. */
  exploreAsync(request: ActorExploreRequest): Promise<readonly Experience[]>;
  dispose(): void;
}

interface ExplorerCrewOptions {
  readonly layout: ActorCriticLayout;
  readonly exploration: Exploration;
  readonly observationClip: number;
  /** Decisions of each agent in one fragment. */
  readonly steps: number;
}

export interface InlineExplorerCrewOptions extends ExplorerCrewOptions {
  readonly env: VectorEnv;
}

/** A crew of one worker in this very thread: for tests, and for environments that cannot be built elsewhere. */
export class InlineExplorerCrew implements ExplorerCrew {
  readonly agents: readonly number[];
  private worker: ExplorerWorker | null = null;

  constructor(private readonly options: InlineExplorerCrewOptions) {
    this.agents = [options.env.count];
  }

  async startAsync(random: Random): Promise<void> {
    this.worker = await ExplorerWorker.createAsync({ ...this.options, random: random.split() });
  }

  async exploreAsync(request: ActorExploreRequest): Promise<readonly Experience[]> {
    if (!this.worker) throw new Error("The crew has not been started.");
    return [this.worker.explore(request)];
  }

  dispose(): void {
    this.options.env.dispose();
  }
}

export type ThreadExplorerCrewOptions = ExplorerCrewOptions & CrewThreads;

/** A crew of threads. What a worker that is lost was collecting is lost with it; another one begins with new episodes. */
export class ThreadExplorerCrew implements ExplorerCrew {
  readonly agents: readonly number[];
  private readonly group: WorkerGroup;
  private random: Random | null = null;

  constructor(private readonly options: ThreadExplorerCrewOptions) {
    const { workers, env } = options;
    this.agents = new Array<number>(workers).fill(env.agents);
    this.group = new WorkerGroup({ ...options, startMemberAsync: (member) => this.startMemberAsync(member) });
  }

  async startAsync(random: Random): Promise<void> {
    this.random = random;
    await this.group.startAsync();
  }

  async exploreAsync(request: ActorExploreRequest): Promise<readonly Experience[]> {
    const fragments = this.agents.map((): Experience | null => null);
    await this.group.replacingAsync(() => this.group.callMissing(fragments, "explore", () => request));
    this.group.forgetLosses();
    return fragments as Experience[];
  }

  /** Lets the workers share the episodes of an ONNX file, see {@link shareEpisodesAsync}. */
  runEpisodesAsync(model: Uint8Array, seed: number, first: number, count: number): Promise<EpisodeRecord[]> {
    return shareEpisodesAsync(this.group, this.options.env, model, seed, first, count);
  }

  /** Ends one thread, as if it had died. */
  kill(member: number): void {
    this.group.kill(member);
  }

  dispose(): void {
    this.group.dispose();
  }

  private startMemberAsync(member: number): Promise<unknown> {
    const { env, layout, exploration, observationClip, steps } = this.options;
    const seed = this.random!.nextUint32();
    const request: StartExploringRequest = { env, layout, exploration, observationClip, steps, seed };
    return this.group.call(member, "startExploring", request);
  }
}
