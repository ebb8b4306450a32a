/** Where the parts of the window are. */
export const LAYOUT = `
.lw-frame { display: grid; height: 100%; min-height: 0; }
&[data-layout="window"] .lw-frame {
  grid: auto minmax(0, 1fr) / 240px minmax(0, 1fr) clamp(340px, 29cqi, 560px);
  grid-template-areas: "header header header" "left middle right";
}
&[data-layout="column"] .lw-frame { display: block; overflow: auto; }
.lw-left, .lw-right { min-height: 0; background: var(--card); }
.lw-left { grid-area: left; display: flex; flex-direction: column; border-right: 1px solid var(--edge); }
.lw-middle { grid-area: middle; display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.lw-right { grid-area: right; position: relative; display: flex; flex-direction: column; border-left: 1px solid var(--edge); }
&[data-layout="window"] .lw-frame:not(:has(.lw-middle)) {
  grid-template-columns: 240px minmax(0, 1fr); grid-template-areas: "header header" "left right";
}
.lw-viewport { position: relative; flex: 1; min-height: 0; overflow: hidden; }

.lw-header {
  grid-area: header; position: relative; z-index: 5; display: flex; align-items: center; gap: 8px 20px; min-height: 56px;
  padding: 8px 14px; border-bottom: 1px solid var(--edge); background: var(--card);
}
.lw-title { min-width: 0; max-width: 206px; }
&[data-layout="window"] .lw-title { width: 206px; }
.lw-title p { color: var(--quiet); font-size: 12px; }
.lw-title :is(h1, p) { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.lw-train { position: relative; display: flex; gap: 6px; }
.lw-train .lw-button { min-height: 34px; padding: 4px 13px; }
.lw-train .lw-primary { min-width: 104px; font-size: 14px; }
.lw-figures { position: relative; min-width: 0; flex: 0 1 auto; }
.lw-figures dl { display: flex; gap: 18px; }
.lw-figures dt { font-size: 11px; line-height: 1.25; }
.lw-figures dd { font-weight: 600; white-space: nowrap; }
.lw-figures dd.lw-status { color: var(--text); }
.lw-figures progress {
  position: absolute; left: 0; bottom: -6px; width: 100%; height: 3px; border: 0; border-radius: 2px; overflow: hidden;
  appearance: none; background: var(--control); accent-color: var(--accent);
}
.lw-figures progress::-webkit-progress-bar { background: var(--control); }
.lw-figures progress::-webkit-progress-value { background: var(--quiet); }
.lw-figures progress::-moz-progress-bar { background: var(--quiet); }
.lw-figures progress[data-active]::-webkit-progress-value { background: var(--accent); }
.lw-figures progress[data-active]::-moz-progress-bar { background: var(--accent); }
.lw-header-end { display: flex; align-items: center; gap: 6px; margin-left: auto; min-width: 0; }
.lw-backend {
  min-width: 0; margin-right: 6px; padding: 2px 9px; border: 1px solid var(--edge); border-radius: 99px; color: var(--quiet);
  font-size: 12px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
}
.lw-backend b { color: var(--text); font-weight: 600; }
@container legwork-studio (max-width: 1500px) { .lw-backend span { display: none; } }

.lw-tabs { display: flex; gap: 2px; padding: 8px 12px 0; border-bottom: 1px solid var(--edge); }
.lw-tabs button {
  padding: 5px 12px 8px; border: 0; border-bottom: 2px solid transparent; margin-bottom: -1px; background: none;
  color: var(--quiet); font: inherit; cursor: pointer;
}
.lw-tabs button:hover { color: var(--text); }
.lw-tabs button[aria-selected="true"] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.lw-tab { flex: 1; min-height: 0; padding: 10px 12px 16px; overflow: auto; scrollbar-width: thin; }

.lw-fold { border-bottom: 1px solid var(--edge); background: var(--card); padding: 0 12px; }
.lw-fold > summary { padding: 9px 0; font-weight: 600; cursor: pointer; }
.lw-fold[open] { padding-bottom: 12px; }
&[data-layout="column"] .lw-header { position: sticky; top: 0; flex-wrap: wrap; gap: 8px 12px; padding: 8px 12px 12px; }
&[data-layout="column"] .lw-title { flex: 1; }
&[data-layout="column"] .lw-train { order: 2; width: 100%; }
&[data-layout="column"] .lw-train .lw-primary { flex: 1; }
&[data-layout="column"] .lw-figures { order: 3; width: 100%; }
&[data-layout="column"] .lw-figures dl { justify-content: space-between; }

@container legwork-studio (max-width: 1020px) {
  &[data-layout="window"] .lw-frame {
    grid: auto minmax(300px, 46%) minmax(0, 1fr) / 240px minmax(0, 1fr);
    grid-template-areas: "header header" "middle middle" "left right";
  }
  .lw-left, .lw-right { border-top: 1px solid var(--edge); }
  .lw-header { flex-wrap: wrap; row-gap: 14px; }
  &[data-layout="window"] .lw-title { width: auto; flex: 1; min-width: 90px; }
  .lw-figures { order: 3; flex: 1 0 100%; padding-bottom: 4px; }
  .lw-figures dl { justify-content: space-between; }
  .lw-figures progress { bottom: -3px; }
}
@container legwork-studio (max-width: 620px) {
  &[data-layout="window"] .lw-frame { display: flex; flex-direction: column; overflow: auto; }
  &[data-layout="window"] .lw-frame > * { flex: none; }
  .lw-header > .lw-train { order: 2; width: 100%; }
  .lw-train .lw-primary { flex: 1; }
  .lw-left { order: 1; }
  .lw-viewport { flex: none; height: 44vh; }
  .lw-right, .lw-left { border: 0; border-top: 1px solid var(--edge); }
  .lw-cast > ul { max-height: 240px; }
}
`;
