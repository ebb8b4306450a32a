/** What is over and under the scene. */
export const STAGE = `
.lw-dock { border-top: 1px solid var(--edge); background: var(--card); }
.lw-stage-controls { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding: 8px 12px; }
.lw-stage-controls select { padding: 2px 4px; text-transform: capitalize; }
.lw-ghost { display: inline-flex; align-items: center; max-width: 150px; padding-left: 9px; border-radius: 8px; background: var(--control); font-size: 12px; }
.lw-ghost > span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.lw-ghost .lw-button { width: 24px; background: none; }
.lw-ghost .lw-icon { width: 12px; height: 12px; }
.lw-dock-row { display: flex; align-items: center; gap: 22px; padding: 4px 12px 10px; }
.lw-stage-figures { display: grid; grid-template-columns: auto auto; gap: 4px 18px; flex: none; }
.lw-stage-figures dt { font-size: 11px; line-height: 1.25; }
.lw-stage-figures dd { min-width: 62px; font-size: 14px; font-weight: 600; white-space: nowrap; }
.lw-footfalls { flex: 1; display: flex; min-width: 0; gap: 8px; }
.lw-footfalls ul { max-width: 96px; font-size: 11px; color: var(--quiet); }
.lw-footfalls li { height: 16px; line-height: 16px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; text-align: right; }
.lw-footfalls canvas { flex: 1; min-width: 0; width: 0; }
.lw-push {
  position: absolute; left: 50%; bottom: 14px; transform: translateX(-50%); max-width: 90%; padding: 5px 14px;
  border-radius: 99px; background: rgba(29, 43, 54, .74); color: #fff; white-space: nowrap; pointer-events: none;
}
@container legwork-studio (max-width: 620px) { .lw-dock-row { flex-wrap: wrap; } .lw-footfalls { flex-basis: 100%; } }
`;
