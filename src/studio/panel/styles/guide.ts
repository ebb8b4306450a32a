/** Tips, notices, help. */
export const GUIDE = `
.lw-tip {
  position: absolute; z-index: 20; width: 280px; padding: 12px 14px; border: 1px solid var(--edge);
  border-top: 3px solid var(--accent); border-radius: 12px; background: var(--raised); box-shadow: var(--shadow);
}
.lw-tip h2 { color: var(--text); font-size: 14px; }
.lw-tip p { margin: 4px 0 10px; color: var(--quiet); }
.lw-tip footer { display: flex; align-items: center; gap: 6px; }
.lw-tip[data-step="1"] { left: 16px; bottom: 16px; }
.lw-tip[data-step="2"] { left: 0; top: calc(100% + 12px); }
.lw-tip[data-step="3"] { right: calc(100% + 12px); top: 12px; }
@container legwork-studio (max-width: 1020px) { .lw-tip[data-step="3"] { right: 12px; top: auto; bottom: calc(100% + 12px); } }
@container legwork-studio (max-width: 400px) { .lw-tip[data-step="3"] { left: 12px; right: 12px; width: auto; } }

.lw-notices {
  position: absolute; z-index: 30; right: 14px; bottom: 14px; display: flex; flex-direction: column; gap: 8px;
  width: min(360px, calc(100% - 28px)); pointer-events: none;
}
@container legwork-studio (min-width: 1020px) {
  &[data-layout="window"] .lw-notices { right: calc(clamp(340px, 29cqi, 560px) + 14px); top: 70px; bottom: auto; }
}
.lw-notice {
  display: flex; align-items: flex-start; gap: 8px; padding: 9px 8px 9px 12px; border: 1px solid var(--edge);
  border-left: 4px solid var(--accent); border-radius: 10px; background: var(--raised); box-shadow: var(--shadow);
  pointer-events: auto;
}
.lw-notice[data-kind="warning"] { border-left-color: var(--warn); }
.lw-notice[data-kind="error"] { border-left-color: var(--bad); }
.lw-notice p { flex: 1; padding-top: 2px; overflow-wrap: anywhere; }
.lw-notice .lw-button { width: 24px; min-height: 24px; background: none; }

.lw-help {
  width: min(520px, 92vw); padding: 18px 22px 20px; border: 1px solid var(--edge); border-radius: 14px;
  background: var(--raised); color: var(--text); box-shadow: var(--shadow);
}
.lw-help::backdrop { background: rgba(8, 14, 20, .5); }
.lw-help header { display: flex; align-items: center; justify-content: space-between; }
.lw-help h2 { color: var(--text); font-size: 17px; font-weight: 650; }
.lw-help p { margin: 6px 0 14px; color: var(--quiet); }
.lw-help dl { display: grid; grid-template-columns: 1fr 1fr; gap: 7px 24px; }
.lw-help dl div { display: flex; align-items: center; gap: 10px; }
.lw-help dt { display: flex; gap: 3px; min-width: 62px; }
.lw-help kbd {
  flex: none; min-width: 22px; padding: 1px 6px; border: 1px solid var(--edge); border-bottom-width: 2px; border-radius: 6px;
  background: var(--control); color: var(--text); font: inherit; font-size: 12px; text-align: center;
}
.lw-help ul { margin: 14px 0; padding-left: 18px; list-style: disc; color: var(--quiet); }
@media (max-width: 480px) { .lw-help dl { grid-template-columns: 1fr; } }
`;
