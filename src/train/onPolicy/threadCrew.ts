import type { EpisodeRecord } from "../../env/vectorEnv.js";
import type { Random } from "../../random.js";
import { WorkerGroup } from "../../workers/group.js";
import { MessageSums } from "../../workers/messageExchange.js";
import {
  abortSharedMemory,
  allocateSharedMemory,
  canShareMemory,
  type SharedMemory,
} from "../../workers/sharedExchange.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import { LOSSES } from "../ppo/headGradient.js";
import { shareEpisodesAsync } from "../worker/episodes.js";
import type { CrewThreads } from "../worker/threads.js";
import type { CollectingCrew, Fragment } from "./crew.js";
import { type JoinRequest, type StartRequest, SUM_NOTE } from "./handlers.js";
import type { OnPolicyLayout } from "./layout.js";
import type { OnPolicyState } from "./learner.js";
import type { Collected, CollectRequest, Learned, LearnRequest } from "./worker.js";

export interface ThreadCrewOptions extends CrewThreads {
  readonly config: OnPolicyConfig;
  readonly layout: OnPolicyLayout;
  /** Whether gradients are added up in shared memory, or by messages. Default: in shared memory where there is any. */
  readonly sharesMemory?: boolean;
}

/**
 * A crew of threads. A worker that dies, hangs or throws is replaced: its fragment is dropped, the new one collects
 * another, and an update that was under way begins anew from the state before it.
 */
export class ThreadCrew implements CollectingCrew {
  private readonly group: WorkerGroup;
  private fragments: (Collected | null)[];
  private request: CollectRequest = { normalizer: null };
  private started: { random: Random; state: OnPolicyState } | null = null;
  private memory: SharedMemory | null = null;
  private sums: MessageSums | null = null;

  constructor(private readonly options: ThreadCrewOptions) {
    this.fragments = new Array(options.workers).fill(null);
    this.group = new WorkerGroup({
      ...options,
      onNote: (member, note, data) => {
        if (note === SUM_NOTE) this.sums?.add(member, data as Float32Array);
      },
      onFailure: () => {
        if (this.memory) abortSharedMemory(this.memory);
        else this.group.tell("summed", null);
      },
      startMemberAsync: (member) => this.startMemberAsync(member),
      joinAsync: () => this.joinAsync(),
      onReplace: (member) => {
        this.fragments[member] = null;
      },
      bystanders: ["ExchangeAbortedError"],
    });
  }

  get state(): OnPolicyState {
    return this.require().state;
  }

  async startAsync(random: Random, state: OnPolicyState): Promise<void> {
    this.started = { random, state };
    await this.group.startAsync();
  }

  async collectAsync(request: CollectRequest): Promise<readonly Collected[]> {
    this.request = request;
    this.fragments.fill(null);
    await this.group.replacingAsync(() => this.collectMissingAsync());
    return this.fragments as Collected[];
  }

  async learnAsync(request: LearnRequest): Promise<readonly Learned[]> {
    const learned = await this.group.replacingAsync(async () => {
      await this.collectMissingAsync();
      const results = await this.group.callAll<Learned>("learn", () => request);
      const state = (await this.group.call(0, "state")) as OnPolicyState;
      this.started = { ...this.require(), state };
      return results;
    });
    this.group.forgetLosses();
    return learned;
  }

  async fragmentsAsync(returnStd: number | null): Promise<readonly Fragment[]> {
    return this.group.replacingAsync(async () => {
      await this.collectMissingAsync();
      return this.group.callAll<Fragment>("fragment", () => returnStd);
    });
  }

  async loadAsync(state: OnPolicyState): Promise<void> {
    this.started = { ...this.require(), state };
    await this.group.replacingAsync(() => this.joinAsync());
    this.group.forgetLosses();
  }

  recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.group.replacingAsync(async () => {
      await this.collectMissingAsync();
      return (await this.group.call(0, "recentObservations", rows)) as Float32Array;
    });
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

  private collectMissingAsync(): Promise<void> {
    return this.group.callMissing(this.fragments, "collect", () => this.request);
  }

  private startMemberAsync(member: number): Promise<unknown> {
    const { env, config, layout, workers } = this.options;
    const { random, state } = this.require();
    const request: StartRequest = { env, config, layout, workers, state, seed: random.nextUint32() };
    return this.group.call(member, "start", request);
  }

  /** Makes the members a group, with the state that they learn from. */
  private async joinAsync(): Promise<void> {
    const { layout, workers: size, sharesMemory = canShareMemory() } = this.options;
    this.memory = sharesMemory ? allocateSharedMemory(size, layout.size + LOSSES) : null;
    this.sums = sharesMemory ? null : new MessageSums(size, (sum) => this.group.tell("summed", sum));
    const { state } = this.require();
    await this.group.callAll("join", (member): JoinRequest => ({ state, member, size, memory: this.memory }));
  }

  private require() {
    if (!this.started) throw new Error("The crew has not been started.");
    return this.started;
  }
}
