import { memo, useEffect, useRef } from "react";
import type { Chart } from "./charts.js";
import type { PlotBoard } from "./plotBoard.js";
import { PlotView } from "./plotView.js";

/** One chart with its title and the value under the cursor. */
export const Plot = memo(function Plot({ board, title, tag }: Chart & { readonly board: PlotBoard }) {
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    const view = new PlotView(host.current!, readout.current!, board, { title, tag });
    return () => view.dispose();
  }, [board, title, tag]);
  return (
    <figure className="lw-plot" aria-label={title}>
      <figcaption title={tag}>
        {title}
        <output ref={readout} />
      </figcaption>
      <div ref={host} className="lw-plot-host" />
    </figure>
  );
});
