/** One end of a channel between two threads; the same in Node and in browsers. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Called with each message that arrives; one listener. */
  onMessage: ((message: unknown) => void) | null;
}

/** A thread as seen by the one that started it. */
export interface Thread extends Port {
  /** Called once when the thread has ended by itself, with the reason. */
  onEnd: ((reason: string) => void) | null;
  terminate(): void;
}

/** Starts another thread of the same kind. */
export type StartThread = () => Thread;
