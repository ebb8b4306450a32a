import type { StageLook } from "./protocol.js";
import type { StageStore } from "./stageStore.js";

/** Time from one look to the next, ms. */
const PERIOD = 100;
/** Figures are shown every so many looks: faster cannot be read. */
const FIGURES_EVERY = 5;

/** Looks at the worker's figures a few times a second, which is also how one hears that it has died. */
export class StageWatch {
  private readonly timer: ReturnType<typeof setInterval>;
  private looking = false;
  private looks = 0;
  private seconds = Number.NaN;

  /** @param lookAsync null while there is nothing to see */
  constructor(
    private readonly store: StageStore,
    private readonly lookAsync: () => Promise<StageLook | null>,
    private readonly framesPerSecond: () => number,
  ) {
    this.timer = setInterval(() => void this.tickAsync(), PERIOD);
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  private async tickAsync(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    // Whoever lost the worker has said so already.
    const look = await this.lookAsync().catch(() => null);
    this.looking = false;
    if (look) this.show(look);
  }

  private show({ seconds, footfalls, ...figures }: StageLook): void {
    const moved = seconds !== this.seconds;
    this.seconds = seconds;
    const framesPerSecond = Math.round(this.framesPerSecond());
    const changes = {
      ...(moved ? { footfalls } : {}),
      ...(this.looks++ % FIGURES_EVERY === 0 ? { figures: { ...figures, framesPerSecond } } : {}),
    };
    if (moved || framesPerSecond !== this.store.state.figures?.framesPerSecond) this.store.update(changes);
  }
}
