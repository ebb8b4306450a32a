import type { EpisodeRecord } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { WorkerGroup } from "../../workers/group.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import type { OnPolicyCrew } from "../onPolicy/crew.js";
import type { OnPolicyLayout } from "../onPolicy/layout.js";
import type { OnPolicyState } from "../onPolicy/learner.js";
import type { Collected, CollectRequest, Learned } from "../onPolicy/worker.js";
import { shareEpisodesAsync } from "../worker/episodes.js";
import type { CrewThreads } from "../worker/threads.js";
import type { StartA3cRequest } from "./handlers.js";
import { type SharedParameters, shareParameters, stateOfShared } from "./sharedParameters.js";
import type { Advanced, AdvanceRequest } from "./worker.js";

export interface A3cCrewOptions extends CrewThreads {
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
}

/**
 * Threads that collect and learn without waiting for each other, so that with more than one of them no run is like
 * another. They meet now and then, for statistics and checkpoints. A worker that is lost is replaced; what it has changed
 * in the parameters stays.
 */
export class A3cCrew implements OnPolicyCrew {
  private readonly group: WorkerGroup;
  private started: { random: Random; shared: SharedParameters } | null = null;
  private learned: readonly Learned[] = [];

  constructor(private readonly options: A3cCrewOptions) {
    this.group = new WorkerGroup({ ...options, startMemberAsync: (member) => this.startMemberAsync(member) });
  }

  get state(): OnPolicyState {
    return stateOfShared(this.require().shared);
  }

  async startAsync(random: Random, state: OnPolicyState): Promise<void> {
    this.started = { random, shared: shareParameters(state) };
    await this.group.startAsync();
  }

  /** Collects, and learns meanwhile. */
  async collectAsync({ learning, ...request }: CollectRequest): Promise<readonly Collected[]> {
    const advance: AdvanceRequest = { ...request, learning: learning! };
    const advanced = Array.from({ length: this.group.size }, (): Advanced | null => null);
    await this.group.replacingAsync(() => this.group.callMissing(advanced, "advance", () => advance));
    this.group.forgetLosses();
    this.learned = advanced.map((part) => part!.learned);
    return advanced.map((part) => part!.collected);
  }

  /** What the workers have learnt while they collected. */
  async learnAsync(): Promise<readonly Learned[]> {
    return this.learned;
  }

  async recentObservationsAsync(rows: number): Promise<Float32Array> {
    const observations = () => this.group.call(0, "recentA3cObservations", rows);
    return (await this.group.replacingAsync(observations)) as Float32Array;
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
    const { env, config, layout } = this.options;
    const { random, shared } = this.require();
    const request: StartA3cRequest = { env, config, layout, shared, seed: random.nextUint32() };
    return this.group.call(member, "startA3c", request);
  }

  private require() {
    if (!this.started) throw new Error("The crew has not been started.");
    return this.started;
  }
}
