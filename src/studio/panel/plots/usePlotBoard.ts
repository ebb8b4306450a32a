import { useContext, useEffect, useMemo, useState } from "react";
import type { StudioClient } from "../../client.js";
import { useRecordPulse } from "../records/recordPulse.js";
import { ThemeContext } from "../shared/theme.js";
import type { ShownRun } from "./comparison.js";
import { type Horizontal, PlotBoard } from "./plotBoard.js";

export interface UsedBoard {
  readonly board: PlotBoard;
  readonly zoomed: boolean;
}

/** A board that follows the records, the theme, the runs shown and the axis. */
export function usePlotBoard(client: StudioClient, runs: readonly ShownRun[], over: Horizontal): UsedBoard {
  const board = useMemo(() => new PlotBoard(client), [client]);
  const theme = useContext(ThemeContext);
  const pulse = useRecordPulse(client);
  const [zoomed, setZoomed] = useState(false);

  useEffect(() => {
    board.onZoom = (zoom) => setZoomed(zoom !== null);
    return () => board.dispose();
  }, [board]);
  useEffect(() => {
    board.runs = runs;
    board.refresh();
  }, [board, runs]);
  useEffect(() => {
    board.over = over;
    // A zoom into steps means nothing in seconds.
    board.setZoom(null);
  }, [board, over]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the colours come from
  useEffect(() => board.recolour(), [board, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each beat means new records
  useEffect(() => board.refresh(), [board, pulse]);
  return { board, zoomed };
}
