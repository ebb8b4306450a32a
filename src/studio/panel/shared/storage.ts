/** What the browser keeps under this key; null where it keeps nothing, or may not. */
export function readSetting(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Where the browser forbids it, the setting lasts as long as the page. */
export function keepSetting(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A page without storage works, it only forgets.
  }
}
