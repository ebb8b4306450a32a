import type { Frame } from "../protocol.js";
import type { StageWorld } from "./stageWorld.js";

/** Time from one tick to the next, ms: that of a usual display. */
export const TICK = 1000 / 60;
/** Real time that a tick may simulate at most, ms: after a pause of the whole computer nobody wants to see what was missed. */
const MAX_ELAPSED = 100;
/** Computing time of a tick, ms; what is still due then is given up, so that work never piles up. */
const BUDGET = 40;
/** Pictures that can be under way, shown, or waiting at once. */
const FRAMES = 6;

/** Makes simulated time go along with real time, and pictures of it. */
export class StageLoop {
  running = true;
  /** Simulated seconds per second. */
  speed = 1;
  /** Set when something has changed that is to be seen although time stands still. */
  stale = true;
  private readonly free: Float32Array<ArrayBuffer>[];
  private last: number;
  /** Simulated seconds that are due. */
  private due = 0;

  /**
   * @param load what pictures carry
   * @param now ms since 1970
   * @param send takes a picture; its numbers come back by `giveBack`
   */
  constructor(
    readonly world: StageWorld,
    private readonly load: number,
    private readonly now: () => number,
    private readonly send: (frame: Frame) => void,
  ) {
    this.last = now();
    this.free = Array.from({ length: FRAMES }, () => new Float32Array(world.layout.length));
  }

  /** Simulates what is due and sends a picture where there is something new; await it before the next. */
  async tickAsync(): Promise<void> {
    const now = this.now();
    const elapsed = Math.min(now - this.last, MAX_ELAPSED);
    this.last = now;
    if (this.running) await this.simulateAsync((elapsed / 1000) * this.speed, now + BUDGET);
    const values = this.stale ? this.free.pop() : undefined;
    if (!values) return;
    this.stale = false;
    this.sendFrame(values, now);
  }

  /** Takes the numbers of a picture that is not needed any more. */
  giveBack(values: Float32Array<ArrayBuffer>): void {
    if (values.length === this.world.layout.length) this.free.push(values);
  }

  private async simulateAsync(seconds: number, until: number): Promise<void> {
    const { dt } = this.world;
    this.due += seconds;
    while (this.due >= dt) {
      await this.world.stepAsync();
      this.stale = true;
      this.due -= dt;
      if (this.now() > until) this.due = Math.min(this.due, dt / 2);
    }
  }

  private sendFrame(values: Float32Array<ArrayBuffer>, now: number): void {
    const { world, speed, due } = this;
    world.write(values);
    const { x, z } = world.focus;
    this.send({
      load: this.load,
      at: now - (1000 * due) / speed,
      interval: Math.max(TICK, (1000 * world.dt) / speed),
      focusX: x,
      focusZ: z,
      boxes: world.boxes.count,
      contacts: world.contacts.count,
      values,
    });
  }
}
