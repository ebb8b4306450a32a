import type { RewardBook } from "../../agent/rewardBook.js";
import { InputError } from "../../inputError.js";
import type { RewardTerm } from "../task.js";

/** What is wrong with the code of a reward term. */
export interface RewardFault {
  readonly term: string;
  readonly message: string;
  /** Counted from 1; null: of no line in particular. */
  readonly line: number | null;
}

/** What the code of a term cannot see, by these names; `lockScope` takes the things themselves away. */
const HIDDEN = ["globalThis", "self", "window", "process", "require", "module", "exports"];

/** `Function` puts so many lines before the code. */
const LINES_BEFORE = 2;

/**
 * A term from code: a JavaScript expression that is a function of the state, such as `(state) => state.body.heights[0]`.
 * It runs in strict mode and sees nothing but the language itself, where `lockScope` has been called before.
 * @throws InputError when it is not such an expression
 */
export function compileTerm(name: string, code: string): RewardTerm {
  let term: unknown;
  try {
    term = new Function(...HIDDEN, `"use strict"; return (${code}\n);`)();
  } catch (error) {
    throw new InputError(`Reward term "${name}" cannot be read: ${(error as Error).message}.`);
  }
  if (typeof term !== "function") {
    throw new InputError(`Reward term "${name}" is ${typeof term}, it must be a function of the state.`);
  }
  return term as RewardTerm;
}

/** A term that counts as 0 where it fails, which it tells the book, once an episode. */
export function guarded(name: string, term: RewardTerm, book: RewardBook): RewardTerm {
  const tell = (message: string, line: number | null) => {
    if (!book.faults.some((fault) => fault.term === name)) book.faults.push({ term: name, message, line });
    return 0;
  };
  return (state) => {
    try {
      const value = term(state) as unknown;
      if (typeof value === "number" && Number.isFinite(value)) return value;
      return tell(`It gave ${String(value)}, which is not a finite number.`, null);
    } catch (error) {
      if (!(error instanceof Error)) return tell(`It threw ${String(error)}.`, null);
      return tell(`${error.name}: ${error.message}`, lineOf(error.stack ?? ""));
    }
  };
}

/** The topmost line of the code in a stack: V8 calls what `Function` made <anonymous>, Firefox Function. */
function lineOf(stack: string): number | null {
  const found = /(?:<anonymous>|> Function|Function code):(\d+):\d+/.exec(stack);
  return found ? Number(found[1]) - LINES_BEFORE : null;
}

/** What a term's code could reach the network or other threads by. */
const REACH = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "RTCPeerConnection",
  "BroadcastChannel",
  "importScripts",
  "Worker",
  "SharedWorker",
  "indexedDB",
  "caches",
  "navigator",
  "postMessage",
  "close",
];

/** Takes away from this thread, for good, whatever reaches out of it; its own messages must have their way by then. */
export function lockScope(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of REACH) {
    if (name in scope) Object.defineProperty(scope, name, { value: undefined, configurable: false, writable: false });
  }
}
