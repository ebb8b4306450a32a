import uPlot from "uplot";
import { formatCount, formatValue } from "../shared/format.js";
import type { Chart } from "./charts.js";
import { curvesOf } from "./curves.js";
import type { PlotBoard } from "./plotBoard.js";

const HEIGHT = 132;
const FONT = "11px system-ui, sans-serif";

/** Draws one chart into an element, when its board lets it. */
export class PlotView {
  visible = false;
  private plot: uPlot | null = null;
  private runs = "";
  private width: number;
  private readonly leave: () => void;
  private readonly sight: IntersectionObserver;
  private readonly resize: ResizeObserver;

  /** @param readout where values under the cursor are written, or the newest ones */
  constructor(
    readonly host: HTMLElement,
    private readonly readout: HTMLElement,
    private readonly board: PlotBoard,
    private readonly chart: Chart,
  ) {
    this.width = host.clientWidth;
    this.sight = new IntersectionObserver(([entry]) => {
      this.visible = entry!.isIntersecting;
      if (this.visible) board.request(this);
    });
    this.sight.observe(host);
    this.resize = new ResizeObserver(([entry]) => {
      this.width = Math.floor(entry!.contentRect.width);
      board.request(this);
    });
    this.resize.observe(host);
    this.leave = board.add(this);
  }

  draw(): void {
    if (this.width === 0) return;
    const data = curvesOf(this.board, this.chart.tag);
    const runs = this.board.runs.map(({ id, colour }) => `${id} ${colour}`).join();
    if (!this.plot || runs !== this.runs) {
      this.plot?.destroy();
      this.plot = new uPlot(this.options(), data, this.host);
      this.runs = runs;
    }
    const { plot } = this;
    const [from, to] = this.board.zoom ?? endsOf(data[0]);
    // A batch is drawn at once and counts for this frame, not for the next one.
    plot.batch(() => {
      if (plot.width !== this.width) plot.setSize({ width: this.width, height: HEIGHT });
      plot.setData(data, false);
      plot.setScale("x", { min: from, max: to });
    });
    this.showValues();
  }

  dispose(): void {
    this.leave();
    this.sight.disconnect();
    this.resize.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  private options(): uPlot.Options {
    const { board } = this;
    const axis = (format: (value: number) => string, size: number, space: number): uPlot.Axis => ({
      values: (_, splits) => splits.map(format),
      size,
      space,
      font: FONT,
      stroke: () => board.palette!.quiet,
      grid: { stroke: () => board.palette!.grid, width: 1 },
      ticks: { show: false },
    });
    const horizontal = (value: number) =>
      board.over === "steps" ? formatCount(value) : `${formatValue(value)} ${board.unit.name}`;
    return {
      width: this.width,
      height: HEIGHT,
      padding: [8, 10, 0, 0],
      legend: { show: false },
      scales: { x: { time: false } },
      series: [
        {},
        ...board.runs.map(({ colour }): uPlot.Series => {
          const dash = colour < 8 ? {} : { dash: [6, 4] };
          const width = colour === 0 ? 1.5 : 1.25;
          return {
            stroke: () => board.palette!.series[colour % 8]!,
            width,
            pxAlign: 0,
            spanGaps: true,
            points: { show: false },
            ...dash,
          };
        }),
      ],
      axes: [axis(horizontal, 24, 64), axis(formatValue, 46, 26)],
      cursor: {
        y: false,
        points: { size: 6 },
        drag: { x: true, y: false, setScale: false },
        // The board hands on a zoom; the plots tell each other where the cursor is.
        sync: {
          key: "legwork-studio",
          setSeries: false,
          filters: { pub: (type) => type === "mousemove" || type === "mouseleave" },
        },
        bind: {
          dblclick: () => () => {
            board.setZoom(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [() => this.showValues()],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < 4) return;
            const zoom = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")] as const;
            plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
            board.setZoom(zoom);
          },
        ],
      },
    };
  }

  private showValues(): void {
    const { plot, readout } = this;
    if (!plot) return;
    const at = plot.cursor.idx ?? plot.data[0].length - 1;
    const parts = this.board.runs.map(({ colour }, i) => {
      const part = document.createElement("span");
      const value = lastUpTo(plot.data[i + 1] ?? [], at);
      part.textContent = value === null ? "–" : formatValue(value);
      if (this.board.runs.length > 1) part.style.color = `var(--series-${colour % 8})`;
      return part;
    });
    readout.replaceChildren(...parts);
  }
}

/** The value at an index, or the nearest before it: curves of several runs have gaps where another one has a point. */
function lastUpTo(values: ArrayLike<number | null | undefined>, at: number): number | null {
  for (let i = Math.min(at, values.length - 1); i >= 0; i--) if (values[i] != null) return values[i]!;
  return null;
}

function endsOf(places: ArrayLike<number>): readonly [number, number] {
  const from = places[0] ?? 0;
  const to = places[places.length - 1] ?? 1;
  return from < to ? [from, to] : [from, from + 1];
}
