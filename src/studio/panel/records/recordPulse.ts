import { useCallback, useSyncExternalStore } from "react";
import type { StudioClient } from "../../client.js";
import { throttle } from "../../throttle.js";

/** Curves are drawn anew at most this often, ms. */
const INTERVAL = 500;

/** One listener for new records on behalf of all that is drawn from them. */
class RecordPulse {
  count = 0;
  private readonly listeners = new Set<() => void>();
  private end: (() => void) | null = null;
  private readonly beat = throttle(INTERVAL, () => {
    this.count++;
    for (const listener of this.listeners) listener();
  });

  constructor(private readonly client: StudioClient) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    this.end ??= this.client.subscribeRecords(() => this.beat());
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.end?.();
      this.end = null;
      this.beat.cancel();
    };
  }
}

const pulses = new WeakMap<StudioClient, RecordPulse>();

function pulseOf(client: StudioClient): RecordPulse {
  let pulse = pulses.get(client);
  if (!pulse) {
    pulse = new RecordPulse(client);
    pulses.set(client, pulse);
  }
  return pulse;
}

/** Renders the component anew when there are new records, at most twice a second. */
export function useRecordPulse(client: StudioClient): number {
  const subscribe = useCallback((listener: () => void) => pulseOf(client).subscribe(listener), [client]);
  return useSyncExternalStore(subscribe, () => pulseOf(client).count);
}
