import { InputError } from "../inputError.js";
import { Remote, RemoteError, WorkerLostError } from "./remote.js";
import type { StartThread } from "./thread.js";

/** How the threads of a group are started and watched. */
export interface GroupThreads {
  readonly startThread: StartThread;
  readonly workers: number;
  /** Tells people that a worker has been replaced. */
  readonly say: (text: string) => void;
  /** A worker that says nothing for so long hangs. Default 60. */
  readonly silenceSeconds?: number | undefined;
  /** Called when a worker hangs, before another one takes its place. */
  readonly onHang?: (() => void) | undefined;
}

export interface GroupOptions extends GroupThreads {
  /** Takes the notes of workers. */
  readonly onNote?: (member: number, note: string, data: unknown) => void;
  /** Called when a worker fails in a call: nobody shall wait for one that will not answer. */
  readonly onFailure?: () => void;
  /** Brings a new thread to where the others are; called for each member at the start, and for each one that replaces another. */
  readonly startMemberAsync: (member: number) => Promise<unknown>;
  /** Called when all members are there again: after the start, and after a replacement. */
  readonly joinAsync?: () => Promise<unknown>;
  /** Called when a member has been lost, before another one takes its place. */
  readonly onReplace?: (member: number) => void;
  /** Class names of errors that only say that somebody else has failed. */
  readonly bystanders?: readonly string[];
}

/** A worker that is lost so often, without success between, is lost for a reason that will not go away. */
const MAX_LOSSES = 3;

/**
 * Threads that do the same kind of work. One that dies, hangs or throws is replaced, and the work that was under way
 * begins anew; an `InputError` of a worker ends the run: another worker would have the same.
 */
export class WorkerGroup {
  private members: Remote[] = [];
  private readonly lost: (WorkerLostError | null)[];
  private readonly losses: number[];
  private replacing: Promise<void> | null = null;

  constructor(private readonly options: GroupOptions) {
    this.lost = new Array(options.workers).fill(null);
    this.losses = new Array(options.workers).fill(0);
  }

  get size(): number {
    return this.lost.length;
  }

  async startAsync(): Promise<void> {
    this.members = this.lost.map((_, member) => this.startThread(member));
    await this.settle(this.members.map((_, member) => this.startMemberAsync(member)));
    await this.replacingAsync(async () => this.options.joinAsync?.());
  }

  /** Calls a function of one worker. @throws WorkerLostError, which `replacingAsync` deals with; InputError */
  async call(member: number, method: string, argument?: unknown): Promise<unknown> {
    const remote = this.members[member]!;
    try {
      return await remote.call(method, argument);
    } catch (error) {
      throw this.judge(member, remote, error as Error);
    }
  }

  /** Calls the same function of all workers. */
  callAll<Result>(method: string, argument: (member: number) => unknown): Promise<Result[]> {
    return this.settle(this.members.map(async (_, i) => (await this.call(i, method, argument(i))) as Result));
  }

  /** Calls a function of those workers whose result is not there yet, each with its own argument, and puts it in its place. */
  async callMissing<Result>(
    results: (Result | null)[],
    method: string,
    argument: (member: number) => unknown,
  ): Promise<void> {
    await this.settle(
      results.map(async (result, member) => {
        if (result === null) results[member] = (await this.call(member, method, argument(member))) as Result;
      }),
    );
  }

  /** Calls a function of all workers without waiting for what comes of it. */
  tell(method: string, argument: unknown): void {
    for (const member of this.members) member.call(method, argument).catch(() => {});
  }

  /** Does the work, anew each time that somebody has been lost in it. */
  async replacingAsync<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        if (this.replacing || this.lost.some((loss) => loss !== null)) await this.replaceAsync();
        return await work();
      } catch (error) {
        if (!(error instanceof WorkerLostError)) throw error;
      }
    }
  }

  /** Waits for all. What makes the run end counts first, then losses, then what they made others throw. */
  async settle<Result>(calls: readonly Promise<Result>[]): Promise<Result[]> {
    const results = await Promise.allSettled(calls);
    const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    const find = (type: typeof InputError | typeof WorkerLostError) => errors.find((error) => error instanceof type);
    const error = find(InputError) ?? find(WorkerLostError) ?? errors[0];
    if (error) throw error;
    return results.map((result) => (result as PromiseFulfilledResult<Result>).value);
  }

  /** Work has been done: earlier losses do not count any more. */
  forgetLosses(): void {
    this.losses.fill(0);
  }

  /** Ends one thread, as if it had died. */
  kill(member: number): void {
    this.members[member]!.terminate("it was killed");
  }

  dispose(): void {
    for (const member of this.members) member.terminate();
  }

  /** Works that go on at the same time wait for the same replacement. */
  private replaceAsync(): Promise<void> {
    this.replacing ??= this.replaceLostAsync().finally(() => {
      this.replacing = null;
    });
    return this.replacing;
  }

  private async replaceLostAsync(): Promise<void> {
    for (const [member, loss] of this.lost.entries()) {
      if (loss === null) continue;
      const name = `Worker ${member + 1} of ${this.lost.length}`;
      if (++this.losses[member]! > MAX_LOSSES) {
        const text = `${name} was lost ${MAX_LOSSES + 1} times in a row, the last time because ${loss.message}.`;
        throw new Error(text, { cause: loss.cause });
      }
      if (loss.hangs) this.options.onHang?.();
      this.options.say(`${name} was lost (${loss.message}); its fragment is dropped and another worker replaces it.`);
      this.lost[member] = null;
      this.options.onReplace?.(member);
      this.members[member] = this.startThread(member);
      await this.startMemberAsync(member);
    }
    await this.options.joinAsync?.();
  }

  /** A worker that is lost in this is found out by whoever calls it next. */
  private async startMemberAsync(member: number): Promise<void> {
    await this.options.startMemberAsync(member).catch((error: unknown) => {
      if (!(error instanceof WorkerLostError)) throw error;
    });
  }

  private startThread(member: number): Remote {
    const remote = new Remote(this.options.startThread(), this.options.silenceSeconds ?? 60);
    remote.onNote = (note, data) => this.options.onNote?.(member, note, data);
    return remote;
  }

  /** @returns what a worker's failure means: `InputError`, `WorkerLostError`, or that it waited for one that was lost */
  private judge(member: number, remote: Remote, error: Error): Error {
    const kind = error instanceof RemoteError ? error.kind : null;
    if (kind !== null && this.options.bystanders?.includes(kind)) return error;
    this.options.onFailure?.();
    if (kind === "InputError") return new InputError(error.message);
    const loss =
      error instanceof WorkerLostError
        ? error
        : new WorkerLostError(`${kind}: ${error.message}`, false, { cause: error });
    // What has thrown may be in any state.
    remote.terminate(loss.message);
    // Unless another one is in its place already.
    if (this.members[member] === remote) this.lost[member] = loss;
    return loss;
  }
}
