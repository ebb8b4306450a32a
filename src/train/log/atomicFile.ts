import { renameSync, writeFileSync } from "node:fs";

/** Writes a text file under a temporary name and renames it, so that no reader ever sees half of it. */
export function writeFileAtomically(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
