import { memo } from "react";
import type { StageFigures as Figures, StageClient } from "../../stage/stageState.js";
import { useStore } from "../shared/useStore.js";

const FIGURES: readonly (readonly [label: string, text: (figures: Figures) => string, unit: string])[] = [
  ["forward speed", ({ forwardSpeed }) => forwardSpeed.toFixed(2).replace("-", "−"), "m/s"],
  ["standing", ({ standing, agents }) => `${standing}/${agents}`, ""],
  ["falls", ({ falls }) => String(falls), ""],
  ["frames", ({ framesPerSecond }) => framesPerSecond.toFixed(0), "/s"],
];

/** How the characters on the stage do. */
export const StageFigures = memo(function StageFigures({ stage }: { readonly stage: StageClient }) {
  return (
    <dl className="lw-stage-figures">
      {FIGURES.map(([label, text, unit]) => (
        <Figure key={label} stage={stage} label={label} text={text} unit={unit} />
      ))}
    </dl>
  );
});

interface FigureProps {
  readonly stage: StageClient;
  readonly label: string;
  readonly text: (figures: Figures) => string;
  readonly unit: string;
}

/** Compares what it says, not the figures: those change with every frame. */
function Figure({ stage, label, text, unit }: FigureProps) {
  const said = useStore(stage, ({ figures }) => (figures ? text(figures) : "–"));
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {said} <small>{unit}</small>
      </dd>
    </div>
  );
}

/** The hint over the scene: what is pushed, or that it can be. */
export function PushHint({ stage }: { readonly stage: StageClient }) {
  const push = useStore(stage, (state) => state.push);
  return push === null ? null : <p className="lw-push">{push}</p>;
}
