import { type ReactNode, useState } from "react";
import type { StudioClient } from "../client.js";
import { CastList } from "./cast/castList.js";
import { RunList } from "./cast/runList.js";
import { Frame } from "./frame.js";
import type { Tour } from "./guide/tour.js";
import { GaitSection, PlotSection } from "./plots/plotSection.js";
import { RewardSection } from "./rewards/rewardSection.js";
import { useShownRuns } from "./useShownRuns.js";

/** Who opens an inspector is not here for the first time. */
const NO_TOUR: Tour = { step: null, next: () => {}, end: () => {}, restart: () => {} };

/** The panel as one narrow column, for a pane beside a scene that somebody else shows. */
export function StudioColumn({ client }: { readonly client: StudioClient }) {
  const { comparison, shown, compare } = useShownRuns(client);
  return (
    <Frame client={client} stage={null} layout="column" tour={NO_TOUR}>
      <Fold title="Rewards" open>
        <RewardSection client={client} />
      </Fold>
      <Fold title="Plots" open>
        <PlotSection client={client} runs={shown} />
      </Fold>
      <Fold title="Gait">
        <GaitSection client={client} runs={shown} />
      </Fold>
      <Fold title="Cast and runs">
        <CastList client={client} />
        <RunList client={client} comparison={comparison} onCompare={compare} />
      </Fold>
    </Frame>
  );
}

interface FoldProps {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** What is folded is not rendered, and costs nothing. */
function Fold({ title, open: initially = false, children }: FoldProps) {
  const [open, setOpen] = useState(initially);
  return (
    <details className="lw-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}
