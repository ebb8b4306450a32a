/** Text and controls. */
export const BASE = `
& {
  position: relative; height: 100%; overflow: hidden; background: var(--page); color: var(--text);
  font: 13px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums;
  text-align: left; container: legwork-studio / inline-size;
}
*, *::before, *::after { box-sizing: border-box; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 16px; font-weight: 650; letter-spacing: -.01em; line-height: 1.2; }
h2 { font-size: 12px; font-weight: 600; color: var(--quiet); }
h3 { font-size: 12px; font-weight: 600; color: var(--quiet); margin: 14px 0 6px; }
small { font-size: .85em; font-weight: 500; color: var(--quiet); }
dt, .lw-quiet { color: var(--quiet); font-size: 12px; }
.lw-space { flex: 1; }
.lw-empty { padding: 14px 4px; color: var(--quiet); }
.lw-icon {
  width: 15px; height: 15px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round;
}
.lw-icon.lw-filled { fill: currentColor; stroke: none; }

.lw-button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 28px; padding: 3px 10px;
  border: 0; border-radius: 8px; background: var(--control); color: inherit; font: inherit; white-space: nowrap;
  cursor: pointer;
}
.lw-button:hover { background: color-mix(in srgb, var(--control), var(--text) 9%); }
.lw-button.lw-bare { width: 28px; padding: 0; }
.lw-button[aria-pressed="true"] { background: color-mix(in srgb, var(--accent) 20%, transparent); color: var(--accent); }
.lw-button.lw-primary { background: var(--accent); color: var(--on-accent); font-weight: 600; }
.lw-button.lw-primary:hover { background: color-mix(in srgb, var(--accent), var(--text) 14%); }
.lw-button.lw-danger { background: var(--bad); color: var(--card); font-weight: 600; }
.lw-button:disabled { opacity: .42; cursor: default; }
.lw-button:disabled:hover { background: var(--control); }
:is(button, input, select, summary, .lw-compare):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }

.lw-segments {
  display: inline-flex; margin: 0; padding: 2px; border: 0; border-radius: 8px; background: var(--control); min-width: 0;
}
.lw-segments legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.lw-segments button {
  min-height: 24px; padding: 0 9px; border: 0; border-radius: 6px; background: none; color: inherit; font: inherit;
  font-size: 12.5px; cursor: pointer;
}
.lw-segments button:hover { background: var(--hover); }
.lw-segments button[aria-pressed="true"] { background: var(--raised); box-shadow: 0 1px 3px rgba(0, 0, 0, .22); font-weight: 600; }

input[type="text"], input[type="search"], select {
  min-height: 28px; min-width: 0; padding: 2px 8px; border: 1px solid var(--edge); border-radius: 7px; background: var(--card);
  color: inherit; font: inherit;
}
input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
input[type="checkbox"] { width: 15px; height: 15px; margin: 0; flex: none; accent-color: var(--accent); cursor: pointer; }
input::placeholder { color: var(--quiet); opacity: 1; }
.lw-field { display: flex; align-items: center; gap: 8px; color: var(--quiet); font-size: 12px; }
.lw-field select { flex: 1; color: var(--text); }
.lw-toolbar { display: flex; align-items: center; flex-wrap: wrap; gap: 6px; margin-bottom: 8px; min-height: 28px; }
/* What changes all the time has a layer of its own, so that the rest need not be painted with it. */
.lw-figures, .lw-stage-figures, .lw-run-text, .lw-band { will-change: transform; }
.lw-status { display: inline-flex; align-items: center; gap: 5px; color: var(--quiet); }
.lw-status::before { content: ""; width: 7px; height: 7px; flex: none; border-radius: 50%; background: var(--quiet); }
.lw-status[data-status="running"]::before, .lw-status[data-status="solved"]::before { background: var(--good); }
.lw-status[data-status="starting"]::before, .lw-status[data-status="paused"]::before { background: var(--warn); }
.lw-status[data-status="failed"]::before { background: var(--bad); }
.lw-status[data-status="failed"] { color: var(--bad); }
`;
