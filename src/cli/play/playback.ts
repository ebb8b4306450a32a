import type { Engine } from "@babylonjs/core/Engines/engine.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Crowd } from "./crowd.js";
import type { Figures } from "./panel.js";

/** Share of real time in slow motion. */
const SLOW = 0.25;
/** Time between two updates of the figures, s; faster cannot be read. */
const FIGURES_SECONDS = 0.2;

/** The page's loop: simulate what is due, then draw, one after the other. */
export class Playback {
  paused = false;
  slow = false;
  private readonly commands: (() => void)[] = [];
  private sinceFigures = FIGURES_SECONDS;

  /**
   * @param speed simulated seconds per second
   * @param onFrame called before each frame is drawn, with the seconds since the last one
   * @param onFigures called when the figures have changed and can be read again
   */
  constructor(
    private readonly engine: Engine,
    private readonly scene: Scene,
    private readonly crowd: Crowd,
    private readonly speed: number,
    private readonly onFrame: (dt: number) => void,
    private readonly onFigures: (figures: Figures) => void,
  ) {}

  /** Does something to the simulation between two steps. */
  enqueue(command: () => void): void {
    this.commands.push(command);
  }

  /** Runs until something fails. @param onFirstFrame called when the first frame has been drawn */
  async runAsync(onFirstFrame: () => void): Promise<never> {
    let last = await nextFrameAsync();
    for (let frame = 0; ; frame++) {
      const now = await nextFrameAsync();
      await this.frameAsync((now - last) / 1000);
      last = now;
      if (frame === 0) onFirstFrame();
    }
  }

  private async frameAsync(dt: number): Promise<void> {
    for (const command of this.commands.splice(0)) command();
    if (!this.paused) await this.simulateAsync(dt * this.speed * (this.slow ? SLOW : 1));
    this.crowd.world.syncNodes();
    this.onFrame(dt);
    this.engine.beginFrame();
    this.scene.render();
    this.engine.endFrame();
    this.sinceFigures += dt;
    if (this.sinceFigures < FIGURES_SECONDS) return;
    this.sinceFigures = 0;
    this.onFigures(this.figures());
  }

  private async simulateAsync(seconds: number): Promise<void> {
    // The world gives time up beyond some steps per call, so that a slow computer keeps drawing; faster than real time
    // may cost that much more.
    const rounds = Math.max(1, Math.round(this.speed));
    for (let round = 0; round < rounds; round++) {
      for (let due = this.crowd.world.stepsDue(seconds / rounds); due > 0; due--) await this.crowd.stepAsync();
    }
  }

  private figures(): Figures {
    const { agents, seconds, forwardSpeed } = this.crowd;
    return {
      seconds,
      forwardSpeed,
      standing: agents.filter((agent) => agent.standing).length,
      agents: agents.length,
      falls: agents.reduce((sum, agent) => sum + agent.falls, 0),
      framesPerSecond: this.engine.getFps(),
    };
  }
}

function nextFrameAsync(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
