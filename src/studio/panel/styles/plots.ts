/** Plots and measures; what uPlot needs of its own style sheet. */
export const PLOTS = `
.lw-plot-grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr)); gap: 10px; }
.lw-plot { min-width: 0; padding: 7px 8px 2px; border: 1px solid var(--edge); border-radius: 10px; }
.lw-plot figcaption { display: flex; justify-content: space-between; gap: 8px; font-size: 12px; font-weight: 600; }
.lw-plot figcaption output { display: flex; gap: 8px; white-space: nowrap; overflow: hidden; }
.lw-plot-host { height: 132px; overflow: hidden; }
.lw-legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-bottom: 8px; font-size: 12px; }
.lw-legend li { display: flex; align-items: center; gap: 6px; }
.lw-swatch { width: 14px; height: 3px; border-radius: 2px; background: var(--series); }

.uplot { width: min-content; line-height: 1.5; }
.uplot .u-wrap { position: relative; user-select: none; }
.uplot :is(.u-over, .u-under) { position: absolute; }
.uplot .u-under { overflow: hidden; }
.uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.uplot .u-axis { position: absolute; }
.uplot .u-select { position: absolute; pointer-events: none; background: var(--selection); }
.uplot :is(.u-cursor-x, .u-cursor-y) { position: absolute; left: 0; top: 0; pointer-events: none; will-change: transform; }
.uplot .u-cursor-x { height: 100%; border-right: 1px dashed var(--quiet); }
.uplot .u-cursor-pt {
  position: absolute; top: 0; left: 0; border: 0 solid; border-radius: 50%; pointer-events: none;
  background-clip: padding-box !important; will-change: transform;
}
.uplot .u-off { display: none; }
`;
