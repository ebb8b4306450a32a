import { createContext, useCallback, useEffect, useState } from "react";
import { keepSetting, readSetting } from "./storage.js";

export type Theme = "dark" | "light";

const KEY = "legwork.studio.theme";
const DARK = "(prefers-color-scheme: dark)";

/** For what is drawn on canvases, where CSS does not reach. */
export const ThemeContext = createContext<Theme>("light");

/** The chosen theme, or else that of the system. */
export function useTheme(): readonly [theme: Theme, toggle: () => void] {
  const [chosen, choose] = useState<string | null>(() => readSetting(KEY));
  const [system, setSystem] = useState<Theme>(() => (matchMedia(DARK).matches ? "dark" : "light"));

  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = () => setSystem(query.matches ? "dark" : "light");
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);

  const theme = chosen === "dark" || chosen === "light" ? chosen : system;
  const toggle = useCallback(() => {
    const other = theme === "dark" ? "light" : "dark";
    keepSetting(KEY, other);
    choose(other);
  }, [theme]);
  return [theme, toggle];
}
