import type { RewardSettings } from "../../task/resolve.js";
import { Remote, RemoteError, WorkerLostError } from "../../workers/remote.js";
import type { StartThread } from "../../workers/thread.js";
import type { SessionCalls, SessionNotes, SessionStarted, StartSession } from "./protocol.js";

/** What the page does with what a session says. */
export type SessionListener = { readonly [N in keyof SessionNotes]: (data: SessionNotes[N]) => void };

/** A session that says nothing for so long, while it is asked for something, hangs. */
const SILENCE_SECONDS = 60;

/** A training session as the page sees it: in a worker of its own, which ends with it. */
export class RemoteSession {
  private readonly remote: Remote;

  /** @param startThread starts a Web Worker that calls `serveTraining` */
  constructor(startThread: StartThread, listener: SessionListener) {
    this.remote = new Remote(startThread(), SILENCE_SECONDS);
    this.remote.onNote = (note, data) => (listener[note as keyof SessionNotes] as (data: unknown) => void)(data);
  }

  /** @throws RemoteError for what cannot be trained; WorkerLostError when the worker is lost */
  startAsync(request: StartSession): Promise<SessionStarted> {
    return this.callAsync("start", request) as Promise<SessionStarted>;
  }

  async pauseAsync(): Promise<void> {
    await this.callAsync("pause");
  }

  async resumeAsync(): Promise<void> {
    await this.callAsync("resume");
  }

  /** The `end` follows as a note. */
  async stopAsync(): Promise<void> {
    await this.callAsync("stop");
  }

  async setRewardsAsync(rewards: RewardSettings): Promise<void> {
    await this.callAsync("setRewards", rewards);
  }

  exportPolicyAsync(): Promise<Uint8Array> {
    return this.callAsync("exportPolicy") as Promise<Uint8Array>;
  }

  dispose(): void {
    this.remote.terminate();
  }

  private callAsync(method: keyof SessionCalls, argument?: unknown): Promise<unknown> {
    return this.remote.call(method, argument);
  }
}

/** One sentence for people about why a session failed. */
export function sessionProblem(error: unknown): string {
  if (error instanceof RemoteError) return error.message;
  if (error instanceof WorkerLostError) return `The training worker was lost: ${error.message}.`;
  return (error as Error).message;
}
