/** Cast and runs. */
export const LEFT = `
.lw-cast, .lw-runs { display: flex; flex-direction: column; min-height: 0; padding: 10px 8px 0; }
.lw-cast { flex: 0 1 46%; border-bottom: 1px solid var(--edge); }
.lw-runs { flex: 1; }
:is(.lw-cast, .lw-runs) h2 { padding: 0 6px 5px; }
:is(.lw-cast, .lw-runs) > ul { flex: 0 1 auto; min-height: 0; overflow: auto; scrollbar-width: thin; padding-bottom: 6px; }
.lw-fold :is(.lw-cast, .lw-runs) { padding: 0 0 8px; border: 0; }
.lw-fold .lw-cast > ul { max-height: 220px; }

.lw-cast li[data-chosen] { border-radius: 8px; background: var(--control); }
.lw-scene {
  display: flex; align-items: center; justify-content: space-between; gap: 8px; width: 100%; min-height: 27px;
  padding: 2px 8px; border: 0; border-radius: 8px; background: none; color: inherit; font: inherit; text-align: left;
  cursor: pointer;
}
.lw-scene:hover { background: var(--hover); }
.lw-scene:focus-visible { outline-offset: -2px; }
.lw-scene[aria-pressed="true"] { font-weight: 600; }
.lw-scene small { font-size: 11px; font-weight: 400; }
.lw-scene-more { padding: 0 8px 8px; }
.lw-scene-more p { color: var(--quiet); font-size: 12px; }
.lw-scene-more .lw-field { margin-top: 7px; }

.lw-run {
  display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 2px 8px; padding: 5px 8px; border-radius: 8px;
}
.lw-run:hover { background: var(--hover); }
.lw-run[data-chosen] { background: var(--control); }
.lw-run .lw-compare { margin-top: 2px; appearance: none; border: 1.5px solid var(--quiet); border-radius: 4px; }
.lw-run .lw-compare[data-series] { border-color: var(--series); background: var(--series); box-shadow: inset 0 0 0 2px var(--card); }
.lw-run .lw-compare:disabled { cursor: default; }
.lw-run-text p { display: flex; justify-content: space-between; gap: 8px; white-space: nowrap; overflow: hidden; }
.lw-run-text b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
.lw-run-text .lw-status { flex: none; font-size: 12px; }
.lw-run-text .lw-quiet > span:last-child { overflow: hidden; text-overflow: ellipsis; }
.lw-run-tools { grid-column: 2; display: flex; align-items: center; gap: 2px; margin-left: -6px; }
.lw-run-tools .lw-button { min-height: 25px; }
.lw-run-tools .lw-button:not(.lw-danger) { background: none; }
.lw-run-tools .lw-button:hover:not(:disabled, .lw-danger) { background: var(--control); }
.lw-run-tools .lw-bare { width: 27px; color: var(--quiet); }
.lw-run-tools .lw-bare:hover:not(:disabled) { color: var(--text); }
.lw-asking { margin-left: 0; gap: 6px; color: var(--bad); font-size: 12px; }
.lw-asking span { flex: 1; }
.lw-asking .lw-button { padding: 1px 8px; font-size: 12px; }
@media (hover: hover) {
  .lw-run:not([data-chosen], :hover, :focus-within) .lw-run-tools:not(.lw-asking) { display: none; }
}
.lw-open { display: flex; gap: 6px; padding: 8px 0 10px; margin-top: auto; }
.lw-open .lw-button:first-child { flex: 1; }
`;
