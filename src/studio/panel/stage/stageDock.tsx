import { memo } from "react";
import type { StageClient } from "../../stage/stageState.js";
import { FootfallDiagram } from "./footfallDiagram.js";
import { StageControls } from "./stageControls.js";
import { StageFigures } from "./stageFigures.js";

/** What is under the scene. */
export const StageDock = memo(function StageDock({ stage }: { readonly stage: StageClient }) {
  return (
    <div className="lw-dock">
      <StageControls stage={stage} />
      <div className="lw-dock-row">
        <StageFigures stage={stage} />
        <FootfallDiagram stage={stage} />
      </div>
    </div>
  );
});
