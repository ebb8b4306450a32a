import { Remote, WorkerLostError } from "../../workers/remote.js";
import type { Thread } from "../../workers/thread.js";
import { webThread } from "../../workers/webThread.js";
import { FRAME, type Frame, type StageAnswers, type StageCommands } from "./protocol.js";

/** A worker that is asked something and says nothing for so long hangs, s; uneven ground on a slow computer takes a while. */
const SILENCE = 30;

type Answer<K> = K extends keyof StageAnswers ? StageAnswers[K] : undefined;

/** The stage's worker, seen from the page. */
export class StageLink {
  private readonly thread: Thread;
  private readonly remote: Remote;
  /** Whether there is no worker any more. */
  ended = false;

  /** @param onLost called once when the worker has died or hangs, with the reason; it is ended then */
  constructor(
    worker: Worker,
    onFrame: (frame: Frame) => void,
    private readonly onLost: (reason: string) => void,
  ) {
    this.thread = webThread(worker);
    this.remote = new Remote(this.thread, SILENCE);
    this.remote.onNote = (note, data) => {
      if (note === FRAME) onFrame(data as Frame);
    };
  }

  /** @throws RemoteError with what the worker says; WorkerLostError after `onLost` has been called */
  async call<K extends keyof StageCommands>(method: K, argument: StageCommands[K]): Promise<Answer<K>> {
    try {
      return (await this.remote.call(method, argument)) as Answer<K>;
    } catch (error) {
      if (error instanceof WorkerLostError && !this.ended) {
        this.ended = true;
        this.onLost(error.message);
      }
      throw error;
    }
  }

  /** Hands the numbers of a picture back. */
  giveBack({ values }: Frame): void {
    this.thread.post({ returned: values }, [values.buffer]);
  }

  terminate(): void {
    this.ended = true;
    this.remote.terminate();
  }
}
