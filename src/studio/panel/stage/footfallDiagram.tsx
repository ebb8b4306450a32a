import { memo, useContext, useEffect, useRef } from "react";
import type { StageClient } from "../../stage/stageState.js";
import { throttle } from "../../throttle.js";
import { readPalette } from "../plots/palette.js";
import { inWords } from "../shared/format.js";
import { ThemeContext } from "../shared/theme.js";
import { useStore } from "../shared/useStore.js";
import { drawFootfalls } from "./drawFootfalls.js";

/** Drawn anew at most this often, ms. */
const INTERVAL = 100;
const ROW = 16;
const SCALE = 14;

/** Which feet were on the ground in the last seconds, one bar per contact; now is at the right. */
export const FootfallDiagram = memo(function FootfallDiagram({ stage }: { readonly stage: StageClient }) {
  const feet = useStore(stage, (state) => state.footfalls?.feet.join("\n") ?? "");
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useContext(ThemeContext);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours follow the theme, the height follows the feet
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d", { willReadFrequently: true });
    if (!element || !context) return;
    const palette = readPalette(element);
    const draw = throttle(INTERVAL, () => {
      const { footfalls } = stage.state;
      if (footfalls) drawFootfalls(context, footfalls, palette);
    });
    const resize = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      element.width = Math.round(width * devicePixelRatio);
      element.height = Math.round(height * devicePixelRatio);
      draw();
    });
    resize.observe(element);
    const end = stage.subscribe(() => draw());
    return () => {
      end();
      resize.disconnect();
      draw.cancel();
    };
  }, [stage, theme, feet]);

  if (!feet) return null;
  const names = feet.split("\n");
  return (
    <figure className="lw-footfalls" aria-label="Footfalls of the last five seconds">
      <ul>
        {names.map((name) => (
          <li key={name} title={`${name} on the ground`}>
            {inWords(name)}
          </li>
        ))}
      </ul>
      <canvas ref={canvas} style={{ height: names.length * ROW + SCALE }} />
    </figure>
  );
});
