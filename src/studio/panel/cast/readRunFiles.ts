import type { RunFile } from "../../client.js";

/** Files that somebody has chosen, by their paths inside of the run's folder. */
export async function readRunFilesAsync(files: readonly File[]): Promise<RunFile[]> {
  return Promise.all(
    files.map(async (file) => ({
      path: pathInRun(file.webkitRelativePath || file.name),
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

/** Without the name of the folder itself. */
export function pathInRun(relativePath: string): string {
  return relativePath.slice(relativePath.indexOf("/") + 1);
}
