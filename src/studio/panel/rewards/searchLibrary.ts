import type { LibraryEntry } from "../../client.js";

/** Entries in whose name or summary all words occur; those with all of them in the name come first. */
export function searchLibrary(library: readonly LibraryEntry[], text: string): readonly LibraryEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  const inName = library.filter(({ name }) => has(name));
  return [...inName, ...library.filter((entry) => !inName.includes(entry) && has(`${entry.name} ${entry.summary}`))];
}
