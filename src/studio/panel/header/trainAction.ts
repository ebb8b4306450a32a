import type { RunStatus, StudioClient } from "../../client.js";
import type { IconName } from "../shared/icon.js";

export interface TrainAction {
  readonly name: "Train" | "Pause" | "Resume";
  readonly icon: IconName;
  readonly title: string;
  readonly press: () => void;
}

/** What the main button, and its key, would do to the run now. */
export function trainAction(client: StudioClient, status: RunStatus | null): TrainAction {
  switch (status) {
    case "starting":
    case "running":
      return { name: "Pause", icon: "pause", title: "Let the training rest", press: () => client.pause() };
    case "paused":
      return { name: "Resume", icon: "play", title: "Go on with the training", press: () => client.resume() };
    default:
      return { name: "Train", icon: "play", title: "Train a new policy from nothing", press: () => client.train() };
  }
}
