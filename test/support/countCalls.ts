type Method = readonly [prototype: object, name: string, onCall?: (self: unknown) => void];

/** Calls of each of these methods while `work` runs. */
export async function countCallsAsync(methods: readonly Method[], work: () => unknown): Promise<number[]> {
  const counts = methods.map(() => 0);
  const originals = methods.map(([prototype, name, onCall], i) => {
    const members = prototype as Record<string, (...parameters: unknown[]) => unknown>;
    const original = members[name]!;
    members[name] = function (...parameters) {
      counts[i]!++;
      onCall?.(this);
      return original.apply(this, parameters);
    };
    return () => {
      members[name] = original;
    };
  });
  try {
    await work();
  } finally {
    for (const restore of originals) restore();
  }
  return counts;
}
