import { type RefObject, useEffect } from "react";
import { isTyping, KEYS, type KeyTargets } from "./keys.js";

/** Listens for the panel's keys: in the whole window, or only inside of `within` where the page is somebody else's. */
export function useKeys({ client, stage, toggleHelp }: KeyTargets, within: RefObject<HTMLElement | null> | null): void {
  useEffect(() => {
    const onKeyDown = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.repeat || event.defaultPrevented) return;
      if (isTyping(event.target, event.key)) return;
      const key = KEYS.find(({ ofStage, matches }) => (stage || !ofStage) && matches(event));
      if (!key) return;
      event.preventDefault();
      key.act({ client, stage, toggleHelp });
    };
    const target: EventTarget = within?.current ?? window;
    target.addEventListener("keydown", onKeyDown);
    return () => target.removeEventListener("keydown", onKeyDown);
  }, [client, stage, toggleHelp, within]);
}
