import { renameSync, writeFileSync } from "node:fs";

/** Writes a file under a temporary name and renames it, so that no reader ever sees half of it. */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
