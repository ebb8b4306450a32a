import { type ReactNode, type RefObject, useCallback, useRef, useState } from "react";
import type { StudioClient } from "../client.js";
import type { StageClient } from "../stage/stageState.js";
import { HelpOverlay } from "./guide/helpOverlay.js";
import { Notices } from "./guide/notices.js";
import { type Tour, TourContext } from "./guide/tour.js";
import { useKeys } from "./guide/useKeys.js";
import { Header } from "./header/header.js";
import { panelStyles } from "./panelStyles.js";
import { ThemeContext, useTheme } from "./shared/theme.js";

export interface FrameProps {
  readonly client: StudioClient;
  readonly stage: StageClient | null;
  readonly layout: "window" | "column";
  readonly tour: Tour;
  readonly children: ReactNode;
}

/** What both forms of the panel have: header, theme, keys, help, notices, styles. */
export function Frame({ client, stage, layout, tour, children }: FrameProps) {
  const root: RefObject<HTMLDivElement | null> = useRef(null);
  const [theme, toggleTheme] = useTheme();
  const [help, setHelp] = useState(false);
  const toggleHelp = useCallback(() => setHelp((open) => !open), []);
  const openHelp = useCallback(() => setHelp(true), []);
  // In a column the rest of the page is somebody else's, and so are its keys.
  useKeys({ client, stage, toggleHelp }, layout === "column" ? root : null);
  return (
    <ThemeContext value={theme}>
      <TourContext value={tour}>
        <style href="legwork-studio" precedence="default">
          {panelStyles}
        </style>
        <div ref={root} className="legwork-studio" data-theme={theme} data-layout={layout}>
          <div className="lw-frame">
            <Header client={client} theme={theme} onToggleTheme={toggleTheme} onHelp={openHelp} />
            {children}
          </div>
          <Notices client={client} />
          <HelpOverlay
            open={help}
            withStage={layout === "window"}
            onClose={() => setHelp(false)}
            onTour={() => {
              setHelp(false);
              tour.restart();
            }}
          />
        </div>
      </TourContext>
    </ThemeContext>
  );
}
