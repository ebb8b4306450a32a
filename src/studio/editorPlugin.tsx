import { createRoot, type Root } from "react-dom/client";
import { GamePanel } from "./inspector/gamePanel.js";
import { GameStudio } from "./inspector/gameStudio.js";

export { configureStudio, type StudioOptions } from "./inspector/configure.js";

/** The part of the Editor that the plugin uses. */
export interface EditorLike {
  readonly layout: {
    addLayoutTab(element: unknown, options: LayoutTabOptions): void;
    removeLayoutTab(id: string): void;
  };
}

/** Where the Editor puts a tab, and how it is called. */
export interface LayoutTabOptions {
  readonly id: string;
  readonly title: string;
  /** Tab that it is put beside. */
  readonly neighborId?: string;
  readonly enableClose: boolean;
  readonly setAsActiveTab: boolean;
}

/** Name of the plugin in the Editor. */
export const title = "Legwork";
/** What the Editor says about the plugin. */
export const description = "Train physically simulated characters and change their rewards meanwhile.";

const TAB = "legwork-studio-tab";

let game: GameStudio | null = null;
let root: Root | null = null;

/**
 * Opens the Studio as a tab of the Babylon.js Editor, without characters to show, for in the Editor nothing moves. A plugin
 * of a project, bundled as CommonJS, hands the four names of this module on and tells what can be trained:
 *
 *     export { close, description, main, title } from "legwork/studio/editor";
 *     configureStudio({ scenes: [hopper], startWorker: () => new Worker(workerUrl, { type: "module" }) });
 *
 * Written against the hooks that the Editor (5.4) documents and that its own plugins use. It has not been run inside the
 * Editor, which is an Electron application: its test drives it with a stand-in.
 */
export function main(editor: EditorLike): void {
  game ??= new GameStudio();
  editor.layout.addLayoutTab(emptyElement(attach), {
    id: TAB,
    title,
    neighborId: "inspector",
    enableClose: false,
    setAsActiveTab: true,
  });
}

/** Closes the tab and ends all workers; called by the Editor when it unloads the plugin. */
export function close(editor: EditorLike): void {
  editor.layout.removeLayoutTab(TAB);
  game?.dispose();
  game = null;
}

/** A tab that is moved is taken away and built anew. */
function attach(div: HTMLDivElement | null): void {
  root?.unmount();
  root = null;
  if (!div || !game) return;
  root = createRoot(div);
  root.render(<GamePanel game={game} />);
}

/**
 * A `<div>` as the Editor's React, which is 18, knows it: it does not understand elements of ours, which is 19, and so the
 * panel has a root of its own in here.
 */
function emptyElement(ref: (div: HTMLDivElement | null) => void): unknown {
  const props = { style: { height: "100%" } };
  return { $$typeof: Symbol.for("react.element"), type: "div", key: null, ref, props, _owner: null };
}
