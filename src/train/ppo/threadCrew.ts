import type { EpisodeRecord } from "../../env/vectorEnv.js";
import { InputError } from "../../inputError.js";
import type { Random } from "../../random.js";
import { MessageSums } from "../../workers/messageExchange.js";
import { Remote, RemoteError, WorkerLostError } from "../../workers/remote.js";
import {
  abortSharedMemory,
  allocateSharedMemory,
  canShareMemory,
  type SharedMemory,
} from "../../workers/sharedExchange.js";
import type { StartThread } from "../../workers/thread.js";
import type { PpoConfig } from "../config/trainerConfig.js";
import { constantParameters } from "../curriculum.js";
import type { Fragment, PpoCrew } from "./crew.js";
import { LOSSES } from "./headGradient.js";
import type { PpoLearnerState } from "./learner.js";
import type { PpoLayout } from "./parameters.js";
import type { Collected, CollectRequest, Learned, LearnRequest } from "./worker.js";
import {
  type EnvDescription,
  type EpisodesRequest,
  type JoinRequest,
  type StartRequest,
  SUM_NOTE,
} from "./workerService.js";

export interface ThreadCrewOptions {
  /** Starts a thread that calls `servePpoWorker`. */
  readonly startThread: StartThread;
  readonly workers: number;
  readonly env: EnvDescription;
  readonly config: PpoConfig;
  readonly layout: PpoLayout;
  /** Tells people that a worker has been replaced. */
  readonly say: (text: string) => void;
  /** A worker that says nothing for so long hangs. Default 60. */
  readonly silenceSeconds?: number;
  /** Whether gradients are added up in shared memory, or by messages. Default: in shared memory where there is any. */
  readonly sharesMemory?: boolean;
}

/** A worker that is lost so often, without an update between, is lost for a reason that will not go away. */
const MAX_LOSSES = 3;

/**
 * A crew of threads. A worker that dies, hangs or throws is replaced: its fragment is dropped, the new one collects
 * another, and an update that was under way begins anew from the state before it. An `InputError` of a worker ends the
 * run: another worker would have the same.
 */
export class ThreadCrew implements PpoCrew {
  private members: Remote[] = [];
  private readonly lost: (WorkerLostError | null)[];
  private readonly losses: number[];
  private fragments: (Collected | null)[];
  private request: CollectRequest = { normalizer: null };
  private started: { random: Random; state: PpoLearnerState } | null = null;
  private memory: SharedMemory | null = null;
  private sums: MessageSums | null = null;

  constructor(private readonly options: ThreadCrewOptions) {
    const { workers } = options;
    this.lost = new Array(workers).fill(null);
    this.losses = new Array(workers).fill(0);
    this.fragments = new Array(workers).fill(null);
  }

  get state(): PpoLearnerState {
    return this.require().state;
  }

  async startAsync(random: Random, state: PpoLearnerState): Promise<void> {
    this.started = { random, state };
    this.members = this.lost.map((_, member) => this.startThread(member));
    await this.settle(this.members.map((_, member) => this.startMemberAsync(member)));
    await this.replacingAsync(() => this.joinAsync());
  }

  async collectAsync(request: CollectRequest): Promise<readonly Collected[]> {
    this.request = request;
    this.fragments.fill(null);
    await this.replacingAsync(() => this.collectMissingAsync());
    return this.fragments as Collected[];
  }

  async learnAsync(request: LearnRequest): Promise<readonly Learned[]> {
    const learned = await this.replacingAsync(async () => {
      await this.collectMissingAsync();
      const results = await this.callAll<Learned>("learn", () => request);
      const state = (await this.call(0, "state")) as PpoLearnerState;
      this.started = { ...this.require(), state };
      return results;
    });
    this.losses.fill(0);
    return learned;
  }

  async fragmentsAsync(returnStd: number | null): Promise<readonly Fragment[]> {
    return this.replacingAsync(async () => {
      await this.collectMissingAsync();
      return this.callAll<Fragment>("fragment", () => returnStd);
    });
  }

  async loadAsync(state: PpoLearnerState): Promise<void> {
    this.started = { ...this.require(), state };
    await this.replacingAsync(() => this.joinAsync());
    this.losses.fill(0);
  }

  recentObservationsAsync(rows: number): Promise<Float32Array> {
    return this.replacingAsync(async () => {
      await this.collectMissingAsync();
      return (await this.call(0, "recentObservations", rows)) as Float32Array;
    });
  }

  /**
   * Lets the workers share the episodes of an ONNX file, from number `first` on. Who runs an episode makes no difference.
   * @returns one record for each, in their order
   */
  async runEpisodesAsync(model: Uint8Array, seed: number, first: number, count: number): Promise<EpisodeRecord[]> {
    const { env, workers } = this.options;
    // Training may draw parameters at random; what is judged is the task as it is by default.
    const parameters = constantParameters(env.parameters);
    const start = (member: number) => first + Math.floor((member * count) / workers);
    const shareOf = (member: number): EpisodesRequest => {
      const agents = start(member + 1) - start(member);
      return { env: { ...env, parameters, agents, firstAgent: start(member), gait: true }, seed, model };
    };
    const busy = this.members.flatMap((_, member) => (shareOf(member).env.agents > 0 ? [member] : []));
    const records = await this.replacingAsync(() =>
      this.settle(
        busy.map(async (member) => (await this.call(member, "runEpisodes", shareOf(member))) as EpisodeRecord[]),
      ),
    );
    return records.flat();
  }

  /** Ends one thread, as if it had died. */
  kill(member: number): void {
    this.members[member]!.terminate("it was killed");
  }

  dispose(): void {
    for (const member of this.members) member.terminate();
  }

  private async collectMissingAsync(): Promise<void> {
    await this.settle(
      this.fragments.map(async (fragment, member) => {
        if (fragment) return;
        this.fragments[member] = (await this.call(member, "collect", this.request)) as Collected;
      }),
    );
  }

  /** Does the work, anew each time that somebody has been lost in it. */
  private async replacingAsync<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        if (this.lost.some((loss) => loss !== null)) await this.replaceLostAsync();
        return await work();
      } catch (error) {
        if (!(error instanceof WorkerLostError)) throw error;
      }
    }
  }

  private async replaceLostAsync(): Promise<void> {
    for (const [member, loss] of this.lost.entries()) {
      if (loss === null) continue;
      const name = `Worker ${member + 1} of ${this.lost.length}`;
      if (++this.losses[member]! > MAX_LOSSES) {
        const text = `${name} was lost ${MAX_LOSSES + 1} times in a row, the last time because ${loss.message}.`;
        throw new Error(text, { cause: loss.cause });
      }
      this.options.say(`${name} was lost (${loss.message}); its fragment is dropped and another worker replaces it.`);
      this.lost[member] = null;
      this.fragments[member] = null;
      this.members[member] = this.startThread(member);
      await this.startMemberAsync(member);
    }
    await this.joinAsync();
  }

  /** A worker that is lost in this is found out by whoever calls it next. */
  private async startMemberAsync(member: number): Promise<void> {
    const { env, config, layout, workers } = this.options;
    const { random, state } = this.require();
    const request: StartRequest = { env, config, layout, workers, state, seed: random.nextUint32() };
    await this.call(member, "start", request).catch((error: unknown) => {
      if (!(error instanceof WorkerLostError)) throw error;
    });
  }

  private startThread(member: number): Remote {
    const remote = new Remote(this.options.startThread(), this.options.silenceSeconds ?? 60);
    remote.onNote = (note, data) => {
      if (note === SUM_NOTE) this.sums?.add(member, data as Float32Array);
    };
    return remote;
  }

  /** Makes the members a group, with the state that they learn from. */
  private async joinAsync(): Promise<void> {
    const { layout, workers: size, sharesMemory = canShareMemory() } = this.options;
    this.memory = sharesMemory ? allocateSharedMemory(size, layout.size + LOSSES) : null;
    this.sums = sharesMemory ? null : new MessageSums(size, (sum) => this.tellSum(sum));
    const { state } = this.require();
    await this.callAll("join", (member): JoinRequest => ({ state, member, size, memory: this.memory }));
  }

  private tellSum(sum: Float32Array | null): void {
    for (const member of this.members) member.call("summed", sum).catch(() => {});
  }

  private callAll<Result>(method: string, argument: (member: number) => unknown): Promise<Result[]> {
    return this.settle(this.members.map(async (_, i) => (await this.call(i, method, argument(i))) as Result));
  }

  private async call(member: number, method: string, argument?: unknown): Promise<unknown> {
    try {
      return await this.members[member]!.call(method, argument);
    } catch (error) {
      throw this.judge(member, error as Error);
    }
  }

  /** @returns what a worker's failure means: `InputError`, `WorkerLostError`, or that it waited for one that was lost */
  private judge(member: number, error: Error): Error {
    const kind = error instanceof RemoteError ? error.kind : null;
    if (kind === "ExchangeAbortedError") return error;
    // Nobody shall wait for one that will not come.
    if (this.memory) abortSharedMemory(this.memory);
    else this.tellSum(null);
    if (kind === "InputError") return new InputError(error.message);
    const loss =
      error instanceof WorkerLostError ? error : new WorkerLostError(`${kind}: ${error.message}`, { cause: error });
    // What has thrown may be in any state.
    this.members[member]!.terminate(loss.message);
    this.lost[member] = loss;
    return loss;
  }

  /** Waits for all. What makes the run end counts first, then losses, then what they made others throw. */
  private async settle<Result>(calls: readonly Promise<Result>[]): Promise<Result[]> {
    const results = await Promise.allSettled(calls);
    const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    const find = (type: typeof InputError | typeof WorkerLostError) => errors.find((error) => error instanceof type);
    const error = find(InputError) ?? find(WorkerLostError) ?? errors[0];
    if (error) throw error;
    return results.map((result) => (result as PromiseFulfilledResult<Result>).value);
  }

  private require() {
    if (!this.started) throw new Error("The crew has not been started.");
    return this.started;
  }
}
