import type { StudioClient } from "../../client.js";
import { isLive } from "../../client.js";
import type { StageClient } from "../../stage/stageState.js";
import { trainAction } from "../header/trainAction.js";
import { currentRun } from "../shared/currentRun.js";

/** What keys act on. */
export interface KeyTargets {
  readonly client: StudioClient;
  /** Null: the keys of the stage do nothing. */
  readonly stage: StageClient | null;
  readonly toggleHelp: () => void;
}

export interface Key {
  /** As the help names it. */
  readonly label: string;
  readonly does: string;
  /** Whether it is about the scene in the middle. */
  readonly ofStage?: true;
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly act: (targets: KeyTargets) => void;
}

const plain = (key: string) => (event: KeyboardEvent) =>
  event.key.toLowerCase() === key && !event.ctrlKey && !event.metaKey && !event.altKey;
const withControl = (key: string, shift: boolean) => (event: KeyboardEvent) =>
  event.key.toLowerCase() === key && (event.ctrlKey || event.metaKey) && event.shiftKey === shift && !event.altKey;

/** Every key of the panel; the help lists them in this order. */
export const KEYS: readonly Key[] = [
  {
    label: "T",
    does: "Train, pause, resume",
    matches: plain("t"),
    act: ({ client }) => trainAction(client, currentRun(client.state)?.status ?? null).press(),
  },
  {
    label: "S",
    does: "Stop the run",
    matches: plain("s"),
    act: ({ client }) => {
      const run = currentRun(client.state);
      if (run && isLive(run.status)) client.stop();
    },
  },
  {
    label: "E",
    does: "Export the policy as ONNX",
    matches: plain("e"),
    act: ({ client }) => {
      if (currentRun(client.state)) client.exportPolicy();
    },
  },
  {
    label: "Space",
    does: "Freeze the scene",
    ofStage: true,
    matches: plain(" "),
    act: ({ stage }) => stage?.set({ paused: !stage.state.settings.paused }),
  },
  { label: "R", does: "Reset the stage", ofStage: true, matches: plain("r"), act: ({ stage }) => stage?.reset() },
  {
    label: "F",
    does: "Camera follows, or stays",
    ofStage: true,
    matches: plain("f"),
    act: ({ stage }) => stage?.set({ follow: !stage.state.settings.follow }),
  },
  {
    label: "Ctrl+Z",
    does: "Undo a change of the reward",
    matches: withControl("z", false),
    act: ({ client }) => client.undo(),
  },
  {
    label: "Ctrl+Shift+Z",
    does: "Redo it",
    matches: (event) => withControl("z", true)(event) || withControl("y", false)(event),
    act: ({ client }) => client.redo(),
  },
  { label: "?", does: "This help", matches: plain("?"), act: ({ toggleHelp }) => toggleHelp() },
];

/** Whether a key typed there belongs to the control that has the focus. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable]:not([contenteditable=false]), .cm-editor")) return true;
  const input = target.closest("input");
  if (input && !["checkbox", "range", "radio", "button", "file"].includes(input.type)) return true;
  // Space presses what has the focus.
  return key === " " && target.closest("button, input, a, summary") !== null;
}
