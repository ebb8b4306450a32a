const PATHS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  stop: "M6.5 6.5h11v11h-11z",
  export: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19h14",
  undo: "M9 6 5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3",
  redo: "m15 6 4 4-4 4M19 10h-9a5 5 0 0 0 0 10h3",
  plus: "M12 5v14M5 12h14",
  code: "m8.5 7-5 5 5 5M15.5 7l5 5-5 5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.3 11v5M13.7 11v5",
  download: "M12 4v10M8 10.5l4 4 4-4M5 16v4h14v-4",
  fork: "M7 4v16M7 14c0-4 10-2 10-7M14.5 8.5 17 6l2.5 2.5",
  open: "M3.5 18.5v-13h6l2 2.5h9v10.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7M18.7 5.3 17 7M7 17l-1.7 1.7",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  close: "m6 6 12 12M18 6 6 18",
  reset: "M5 5v5h5M5.5 10a7.5 7.5 0 1 1-1 4",
  chevron: "m8 10 4 4 4-4",
  box: "M4.5 8 12 4l7.5 4v8L12 20l-7.5-4zM4.5 8l7.5 4 7.5-4M12 12v8",
} as const;

const FILLED: ReadonlySet<string> = new Set(["play", "pause", "stop"]);

export type IconName = keyof typeof PATHS;

/** A drawing beside or instead of a button's text; the button has the name. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={FILLED.has(name) ? "lw-icon lw-filled" : "lw-icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
