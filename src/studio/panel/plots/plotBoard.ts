import type { StudioClient } from "../../client.js";
import { type RunTable, tableOf } from "../records/runTable.js";
import type { ShownRun } from "./comparison.js";
import { type Palette, readPalette } from "./palette.js";
import type { PlotView } from "./plotView.js";
import { type TimeUnit, timeUnit } from "./timeUnit.js";

/** With more than this done in one frame, the other plots wait for the next one, ms. */
const BUDGET = 3;

export type Horizontal = "steps" | "seconds";
export type Range = readonly [from: number, to: number];

/** What all plots have in common: runs, axis, zoom, colours. It draws as many per animation frame as there is time for. */
export class PlotBoard {
  over: Horizontal = "steps";
  runs: readonly ShownRun[] = [];
  /** In units of the axis; null: everything. */
  zoom: Range | null = null;
  unit: TimeUnit = timeUnit(0);
  /** Called when the zoom has changed. */
  onZoom: (zoom: Range | null) => void = () => {};

  private colours: Palette | null = null;
  private readonly views = new Set<PlotView>();
  /** Those to be drawn, longest waiting first. */
  private readonly waiting = new Set<PlotView>();
  private frame: number | null = null;

  constructor(private readonly client: StudioClient) {}

  get palette(): Palette | null {
    return this.colours;
  }

  /** @returns takes it away */
  add(view: PlotView): () => void {
    this.views.add(view);
    this.colours ??= readPalette(view.host);
    this.request(view);
    return () => {
      this.views.delete(view);
      this.waiting.delete(view);
    };
  }

  /** Has the plot drawn in one of the next frames. */
  request(view: PlotView): void {
    this.waiting.add(view);
    this.frame ??= requestAnimationFrame(this.drawSome);
  }

  /** Has all plots drawn, after a change of the data or of this board. */
  refresh(): void {
    this.unit = timeUnit(Math.max(0, ...this.tables().map(({ table }) => table.seconds.at(-1) ?? 0)));
    for (const view of this.views) this.request(view);
  }

  /** Reads the colours of the page anew. */
  recolour(): void {
    const [view] = this.views;
    if (view) this.colours = readPalette(view.host);
    this.refresh();
  }

  setZoom(zoom: Range | null): void {
    this.zoom = zoom;
    this.onZoom(zoom);
    this.refresh();
  }

  tables(): { readonly run: ShownRun; readonly table: RunTable }[] {
    return this.runs.map((run) => ({ run, table: tableOf(this.client, run.id) }));
  }

  dispose(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    this.waiting.clear();
  }

  private readonly drawSome = () => {
    this.frame = null;
    const start = performance.now();
    for (const view of this.waiting) {
      // One that is out of sight waits until it is seen.
      if (!view.visible) continue;
      this.waiting.delete(view);
      view.draw();
      if (performance.now() - start > BUDGET) break;
    }
    if ([...this.waiting].some((view) => view.visible)) this.frame = requestAnimationFrame(this.drawSome);
  };
}
