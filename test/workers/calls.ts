import { InputError } from "../../src/inputError.js";
import { nodePort } from "../../src/workers/nodeThread.js";
import { serve } from "../../src/workers/remote.js";

// Entry of a thread for the tests of calls.

const sleepAsync = (seconds: number) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/** Without an event loop. */
function busy(seconds: number, meanwhile: () => void): void {
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) meanwhile();
}

serve(nodePort(), (service) => ({
  echo: (value: unknown) => value,
  echoLater: async ({ value, seconds }: { value: unknown; seconds: number }) => {
    await sleepAsync(seconds);
    return value;
  },
  refuse: () => {
    throw new InputError("There is no such thing.");
  },
  stumble: async () => {
    await sleepAsync(0);
    const nothing = null as unknown as { length: number };
    return nothing.length;
  },
  tell: (text: string) => {
    service.note("news", { text });
    return "told";
  },
  exit: (code: number) => process.exit(code),
  crash: async () => {
    setTimeout(() => {
      throw new Error("nobody catches this");
    });
    await sleepAsync(60);
  },
  toil: (seconds: number) => busy(seconds, () => service.beat()),
  hang: () => busy(60, () => {}),
}));
