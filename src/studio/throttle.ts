export interface Throttled<Arguments extends readonly unknown[]> {
  (...values: Arguments): void;
  /** Does at once what is still waiting. */
  flush(): void;
  cancel(): void;
}

/** Calls `action` at once, then at most every `interval` ms, with the newest arguments; the last call is never lost. */
export function throttle<Arguments extends readonly unknown[]>(
  interval: number,
  action: (...values: Arguments) => void,
): Throttled<Arguments> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting: Arguments | null = null;

  const rest = () => {
    timer = null;
    if (waiting) act();
  };
  const act = () => {
    const values = waiting!;
    waiting = null;
    timer = setTimeout(rest, interval);
    action(...values);
  };
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  const throttled = (...values: Arguments) => {
    waiting = values;
    if (timer === null) act();
  };
  throttled.flush = () => {
    stop();
    if (!waiting) return;
    const values = waiting;
    waiting = null;
    action(...values);
  };
  throttled.cancel = () => {
    stop();
    waiting = null;
  };
  return throttled;
}
