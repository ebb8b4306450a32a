import { createContext, useCallback, useMemo, useState } from "react";
import { keepSetting, readSetting } from "../shared/storage.js";

const KEY = "legwork.studio.tour";

export type TourStep = 1 | 2 | 3;

export interface Tour {
  /** Null: it is over. */
  readonly step: TourStep | null;
  readonly next: () => void;
  readonly end: () => void;
  readonly restart: () => void;
}

/** Without a provider there is no tour. */
export const TourContext = createContext<Tour>({ step: null, next: () => {}, end: () => {}, restart: () => {} });

/** Three steps for who is here for the first time. */
export function useTour(): Tour {
  const [step, setStep] = useState<TourStep | null>(() => (readSetting(KEY) === null ? 1 : null));
  const end = useCallback(() => {
    keepSetting(KEY, "seen");
    setStep(null);
  }, []);
  const next = useCallback(() => {
    if (step === 3) end();
    else setStep(step === 1 ? 2 : 3);
  }, [step, end]);
  const restart = useCallback(() => setStep(1), []);
  return useMemo(() => ({ step, next, end, restart }), [step, next, end, restart]);
}
