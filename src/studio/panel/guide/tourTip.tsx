import { useContext } from "react";
import { Button } from "../shared/button.js";
import { TourContext, type TourStep } from "./tour.js";

const TEXTS: Readonly<Record<TourStep, readonly [title: string, text: string]>> = {
  1: ["This is a trained character", "It learned to move by itself. Drag a part of it to push it."],
  2: ["Press Train", "It learns from nothing, here in this page. The newest policy is what you see."],
  3: ["Drag a weight: the gait follows", "Each row is something that it is rewarded for, while it learns."],
};

/** A step of the tour, beside what it is about. Everything else goes on working. */
export function TourTip({ step }: { readonly step: TourStep }) {
  const tour = useContext(TourContext);
  if (tour.step !== step) return null;
  const [title, text] = TEXTS[step];
  return (
    <aside className="lw-tip" data-step={step} aria-label={`First steps, ${step} of 3`}>
      <h2>{title}</h2>
      <p>{text}</p>
      <footer>
        <span className="lw-quiet">{step} of 3</span>
        <span className="lw-space" />
        {step < 3 && <Button name="Skip" title="Do not show this again" onPress={tour.end} />}
        <Button name={step < 3 ? "Next" : "Done"} look="primary" onPress={tour.next} />
      </footer>
    </aside>
  );
}
