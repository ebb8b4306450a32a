/** Threads that may collect in a page: the page itself and what it shows take one core. */
export function rolloutWorkers(): number {
  return Math.max(1, navigator.hardwareConcurrency - 1);
}

/** Gives the user a file, as a download. */
export function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
