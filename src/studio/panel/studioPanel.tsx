import { type ReactNode, useEffect, useState } from "react";
import type { StudioClient } from "../client.js";
import { isLive } from "../client.js";
import type { StageClient } from "../stage/stageState.js";
import { CastList } from "./cast/castList.js";
import { RunList } from "./cast/runList.js";
import { Frame } from "./frame.js";
import { useTour } from "./guide/tour.js";
import { TourTip } from "./guide/tourTip.js";
import { GaitSection, PlotSection } from "./plots/plotSection.js";
import { RewardSection } from "./rewards/rewardSection.js";
import { currentRun } from "./shared/currentRun.js";
import { Tabs } from "./shared/tabs.js";
import { useStore } from "./shared/useStore.js";
import { StageDock } from "./stage/stageDock.js";
import { PushHint } from "./stage/stageFigures.js";
import { useShownRuns } from "./useShownRuns.js";

export interface StudioPanelProps {
  readonly client: StudioClient;
  /** Null: there is no stage, and so no middle. */
  readonly stage: StageClient | null;
  /** The host's canvas. */
  readonly viewport: ReactNode;
}

/** The whole window of the Studio. It fills its parent, which should have a height. */
export function StudioPanel({ client, stage, viewport }: StudioPanelProps) {
  const tour = useTour();
  const { comparison, shown, compare } = useShownRuns(client);
  const [tab, setTab] = useState("Rewards");
  const training = useStore(client, (state) => isLive(currentRun(state)?.status ?? "stopped"));

  useEffect(() => {
    if (tour.step === 3) setTab("Rewards");
  }, [tour.step]);
  // Who presses Train without being asked has understood the second step.
  useEffect(() => {
    if (training && tour.step === 2) tour.next();
  }, [training, tour]);

  return (
    <Frame client={client} stage={stage} layout="window" tour={tour}>
      <nav className="lw-left" aria-label="Cast and runs">
        <CastList client={client} />
        <RunList client={client} comparison={comparison} onCompare={compare} />
      </nav>
      {stage && (
        <main className="lw-middle">
          <div className="lw-viewport">
            {viewport}
            <PushHint stage={stage} />
            <TourTip step={1} />
          </div>
          <StageDock stage={stage} />
        </main>
      )}
      <div className="lw-right">
        <TourTip step={3} />
        <Tabs
          label="Training"
          chosen={tab}
          onChoose={setTab}
          tabs={[
            { name: "Rewards", content: <RewardSection client={client} /> },
            { name: "Plots", content: <PlotSection client={client} runs={shown} /> },
            { name: "Gait", content: <GaitSection client={client} runs={shown} /> },
          ]}
        />
      </div>
    </Frame>
  );
}
