import { ShellServiceIdentity } from "@babylonjs/inspector";
import { GamePanel } from "./gamePanel.js";
import { GameStudio } from "./gameStudio.js";
import { LegworkIcon } from "./legworkIcon.js";
import type { InspectorServiceDefinition } from "./shell.js";

/**
 * The Studio as a pane of Babylon's Inspector: `ShowInspector(scene, { serviceDefinitions: [LegworkInspectorService] })`,
 * after `configureStudio`. While it trains, the characters of the game act by the newest network; closing the Inspector
 * ends all workers, and the characters act as they did before.
 */
export const LegworkInspectorService: InspectorServiceDefinition = {
  friendlyName: "Legwork",
  consumes: [ShellServiceIdentity],
  factory: (shell) => {
    const game = new GameStudio();
    const pane = shell.addSidePane({
      key: "Legwork",
      title: "Legwork",
      icon: LegworkIcon,
      content: () => <GamePanel game={game} />,
      horizontalLocation: "right",
      verticalLocation: "top",
      teachingMoment: false,
    });
    return {
      dispose: () => {
        pane.dispose();
        game.dispose();
      },
    };
  },
};
