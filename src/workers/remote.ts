import type { Port, Thread } from "./thread.js";

// Calls of functions in another thread. A message is a call `{ call, method, argument }`, its answer `{ call, result }` or
// `{ call, error }`, a note `{ note, data }` that needs no answer, or the sign of life `{ beat: true }`.

interface Message {
  readonly call?: number;
  readonly method?: string;
  readonly argument?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack?: string | undefined };
  readonly note?: string;
  readonly data?: unknown;
}

/** The thread has died, or has been silent for too long: it `hangs`. */
export class WorkerLostError extends Error {
  override readonly name = "WorkerLostError";
  constructor(
    message: string,
    readonly hangs = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What the other thread's function threw; `kind` is the name of its class. The stack is the other thread's. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";
  constructor(
    readonly kind: string,
    message: string,
    stack?: string,
  ) {
    super(message);
    if (stack) this.stack = stack;
  }
}

const CHECK_MILLISECONDS = 1000;

/** The other thread's functions, for the one that started it. */
export class Remote {
  /** Called with the notes of the other thread. */
  onNote: ((note: string, data: unknown) => void) | null = null;
  private readonly pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private calls = 0;
  /** Seconds since the last message, counted by `watch`, so that time in which this thread was busy does not count. */
  private silence = 0;
  private lost: WorkerLostError | null = null;
  private watch: ReturnType<typeof setInterval> | null = null;

  /** @param silenceSeconds a thread that is at work and says nothing for so long counts as hanging, and is ended */
  constructor(
    private readonly thread: Thread,
    private readonly silenceSeconds: number,
  ) {
    thread.onMessage = (message) => this.receive(message as Message);
    thread.onEnd = (reason) => this.lose(reason);
  }

  /** @throws WorkerLostError when the thread is lost, RemoteError when the function throws */
  call(method: string, argument?: unknown): Promise<unknown> {
    if (this.lost) return Promise.reject(this.lost);
    const call = ++this.calls;
    return new Promise((resolve, reject) => {
      this.pending.set(call, { resolve, reject });
      this.silence = 0;
      this.watch ??= setInterval(() => this.checkSilence(), CHECK_MILLISECONDS);
      this.thread.post({ call, method, argument });
    });
  }

  /** Ends the thread; calls that are under way are rejected. */
  terminate(reason = "it was ended", hangs = false): void {
    this.thread.terminate();
    this.lose(reason, hangs);
  }

  private receive({ call, result, error, note, data }: Message): void {
    this.silence = 0;
    if (note !== undefined) this.onNote?.(note, data);
    if (call === undefined) return;
    const waiting = this.pending.get(call);
    this.pending.delete(call);
    if (this.pending.size === 0) this.stopWatching();
    if (error) waiting?.reject(new RemoteError(error.name, error.message, error.stack));
    else waiting?.resolve(result);
  }

  private checkSilence(): void {
    this.silence += CHECK_MILLISECONDS / 1000;
    if (this.silence < this.silenceSeconds) return;
    this.terminate(`it has said nothing for ${this.silenceSeconds} s`, true);
  }

  private lose(reason: string, hangs = false): void {
    if (this.lost) return;
    this.lost = new WorkerLostError(reason, hangs);
    this.stopWatching();
    for (const { reject } of this.pending.values()) reject(this.lost);
    this.pending.clear();
  }

  private stopWatching(): void {
    if (this.watch) clearInterval(this.watch);
    this.watch = null;
  }
}

/** What a served thread can do beside answering. */
export interface Service {
  note(note: string, data: unknown): void;
  /** A sign of life, to be given in loops that do not return for long; sent once a second at most. */
  beat(): void;
}

type Handler = (argument: never) => unknown;

/** Answers the calls that arrive at the port; each method of `handlers` may be asynchronous. */
export function serve(port: Port, createHandlers: (service: Service) => Readonly<Record<string, Handler>>): void {
  let beatAt = 0;
  const sendBeat = () => {
    beatAt = performance.now();
    port.post({ beat: true });
  };
  const service: Service = {
    note: (note, data) => port.post({ note, data }),
    beat: () => {
      if (performance.now() - beatAt >= CHECK_MILLISECONDS) sendBeat();
    },
  };
  const handlers = createHandlers(service);
  let waiting = 0;
  // While a handler waits for something, it cannot give signs of life itself.
  setInterval(() => {
    if (waiting > 0) sendBeat();
  }, CHECK_MILLISECONDS);
  port.onMessage = async (message) => {
    const { call, method, argument } = message as Required<Pick<Message, "call" | "method">> & Message;
    waiting++;
    try {
      port.post({ call, result: await handlers[method]!(argument as never) });
    } catch (error) {
      const { name, message, stack } = error as Error;
      port.post({ call, error: { name, message, stack } });
    } finally {
      waiting--;
    }
  };
}
