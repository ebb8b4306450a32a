import { useCallback, useSyncExternalStore } from "react";

/** What the clients of the page and of the stage have in common. */
export interface Store<State> {
  readonly state: State;
  subscribe(onChange: () => void): () => void;
}

/** A part of a store's state; the component renders anew only when this part has changed. */
export function useStore<State, Part>(store: Store<State>, select: (state: State) => Part): Part {
  const subscribe = useCallback((onChange: () => void) => store.subscribe(onChange), [store]);
  return useSyncExternalStore(subscribe, () => select(store.state));
}
