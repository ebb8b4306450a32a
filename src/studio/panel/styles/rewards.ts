/** Rewards and their code. */
export const REWARDS = `
.lw-reward { padding: 7px 0 8px; border-top: 1px solid var(--edge); }
.lw-reward:first-child { border-top: 0; padding-top: 2px; }
.lw-reward-head { display: flex; align-items: center; gap: 8px; min-height: 26px; }
.lw-reward-name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-weight: 600; }
.lw-reward-tools { display: flex; gap: 2px; margin-left: auto; }
.lw-reward-tools .lw-button { min-height: 25px; width: 27px; }
.lw-reward-tools .lw-button:not([aria-pressed="true"]) { background: none; color: var(--quiet); }
.lw-reward-tools .lw-button:hover { background: var(--control); color: var(--text); }
.lw-reward-body { display: grid; grid-template-columns: minmax(90px, 1fr) 70px minmax(90px, 1fr); align-items: center; gap: 10px; padding-left: 23px; }
.lw-reward[data-off] :is(.lw-reward-name, .lw-slider, .lw-number, .lw-band) { opacity: .45; }
.lw-reward[data-fault] .lw-reward-name { color: var(--bad); }
.lw-number { width: 100%; min-height: 26px; text-align: right; }
.lw-change {
  flex: none; padding: 0 7px; border: 0; border-radius: 99px; background: color-mix(in srgb, var(--warn) 20%, transparent);
  color: var(--warn); font: inherit; font-size: 12px; line-height: 19px; white-space: nowrap;
}
button.lw-change { cursor: pointer; }
button.lw-change:hover { background: color-mix(in srgb, var(--warn) 34%, transparent); }

.lw-slider { --filled: 0; width: 100%; height: 20px; margin: 0; appearance: none; background: none; cursor: pointer; }
.lw-slider::-webkit-slider-runnable-track {
  height: 4px; border-radius: 2px;
  background: linear-gradient(var(--quiet), var(--quiet)) center / 2px 100% no-repeat,
    linear-gradient(90deg, var(--accent) calc(var(--filled) * 100%), var(--control) 0);
}
.lw-slider::-moz-range-track { height: 4px; border-radius: 2px; background: var(--control); }
.lw-slider::-moz-range-progress { height: 4px; border-radius: 2px; background: var(--accent); }
.lw-slider::-webkit-slider-thumb {
  width: 14px; height: 14px; margin-top: -5px; appearance: none; border: 2px solid var(--accent); border-radius: 50%;
  background: var(--card);
}
.lw-slider::-moz-range-thumb { width: 10px; height: 10px; border: 2px solid var(--accent); border-radius: 50%; background: var(--card); }
.lw-slider:active::-webkit-slider-thumb { background: var(--accent); }

.lw-band { display: block; width: 100%; height: 28px; border-radius: 5px; background: var(--hover); }

.lw-changes { display: flex; align-items: center; justify-content: space-between; gap: 10px; min-height: 28px;
  margin-top: 4px; padding-top: 8px; border-top: 1px solid var(--edge); color: var(--quiet); font-size: 12px; }
.lw-changes .lw-button { color: var(--text); }

.lw-add { margin-bottom: 8px; border: 1px solid var(--edge); border-radius: 10px; background: var(--raised); overflow: hidden; box-shadow: var(--shadow); }
.lw-add input { width: 100%; min-height: 34px; border: 0; border-bottom: 1px solid var(--edge); border-radius: 0; background: none; outline-offset: -2px; }
.lw-add-list { max-height: 250px; overflow: auto; padding: 4px; scrollbar-width: thin; }
.lw-add-list [role="option"] { padding: 4px 8px; border-radius: 7px; cursor: pointer; }
.lw-add-list [aria-selected="true"] { background: var(--control); }
.lw-add-list :is(b, span) { display: block; }
.lw-add-list b { font-weight: 600; }
.lw-add-list span { color: var(--quiet); font-size: 12px; }
.lw-add-list p { padding: 8px; }

.lw-code { margin: 8px 0 4px; border: 1px solid var(--edge); border-radius: 10px; background: var(--card); }
.lw-code:focus-within { border-color: color-mix(in srgb, var(--accent) 60%, var(--edge)); }
.lw-code-editor { max-height: 340px; overflow: auto; border-radius: 10px 10px 0 0; }
.lw-code-foot { display: flex; align-items: center; gap: 8px; padding: 6px; border-top: 1px solid var(--edge); }
.lw-rename { width: 130px; }
.lw-fault { padding: 6px 10px; color: var(--bad); font-size: 12px; overflow-wrap: anywhere; }
.lw-fault span { color: var(--quiet); }
.lw-code .lw-fault { border-top: 1px solid var(--edge); background: color-mix(in srgb, var(--bad) 9%, transparent); }
`;
