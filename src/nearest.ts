/**
 * The name in `names` that `word` is a likely misspelling of, or null. Case, `_` and `-` do not count, so that
 * `batchSize` finds `batch_size`; otherwise up to a third of the letters may differ.
 */
export function nearest(word: string, names: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, "");
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(plain(word).length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(plain(word), plain(name));
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions and substitutions that turn `a` into `b` (Levenshtein 1966), one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
