import { createElement, type ReactNode, useReducer } from "react";
import { createRoot } from "react-dom/client";
import type { EditorLike } from "../../../src/studio/editorPlugin.js";

// Stands in for the Babylon.js Editor: its layout, and its React, which is another one than that of the plugins.

declare global {
  interface Window {
    editor?: EditorLike;
    /** Takes all tabs away and builds them anew, as the Editor does with one that is moved. */
    moveTabs?: () => void;
  }
}

const tabs = new Map<string, { readonly title: string; readonly content: ReactNode }>();
let render = () => {};
let moves = 0;

function Layout() {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  render = changed;
  return [...tabs].map(([id, { title, content }]) =>
    createElement("section", { key: `${id}-${moves}`, id, "aria-label": title }, content),
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(createElement(Layout));
window.editor = {
  layout: {
    addLayoutTab: (element, { id, title }) => {
      tabs.set(id, { title, content: element as ReactNode });
      render();
    },
    removeLayoutTab: (id) => {
      tabs.delete(id);
      render();
    },
  },
};
window.moveTabs = () => {
  moves++;
  render();
};
