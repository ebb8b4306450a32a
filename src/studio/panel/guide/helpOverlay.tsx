import { useEffect, useRef } from "react";
import { Button } from "../shared/button.js";
import { KEYS } from "./keys.js";

export interface HelpOverlayProps {
  readonly open: boolean;
  readonly withStage: boolean;
  readonly onClose: () => void;
  readonly onTour: () => void;
}

/** Keys and what one can do; Escape closes it. */
export function HelpOverlay({ open, withStage, onClose, onTour }: HelpOverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="lw-help" aria-label="Help" onClose={onClose}>
      <header>
        <h2>Legwork Studio</h2>
        <Button name="Close" icon="close" bare shortcut="Escape" onPress={onClose} />
      </header>
      <p>
        Train a character in this page and change what it is rewarded for while it learns. Runs stay in this browser;
        download one to go on with it on the command line.
      </p>
      <dl>
        {KEYS.filter(({ ofStage }) => withStage || !ofStage).map(({ label, does }) => (
          <div key={label}>
            <dt>
              {label.split("+").map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      {withStage && (
        <ul>
          <li>Drag a body part to push it; drag beside it to turn the camera.</li>
          <li>Drop an ONNX file onto the scene to see that policy beside this one.</li>
          <li>Drag in a plot to zoom; double-click to see everything.</li>
        </ul>
      )}
      {withStage && <Button name="Show the first steps" onPress={onTour} />}
    </dialog>
  );
}
