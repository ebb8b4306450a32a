import type { TaskAgent } from "../../../task/taskAgent.js";
import type { Footfalls } from "../stageState.js";

/** How far back it goes, s. */
const MEMORY = 8;

/** Keeps the last few seconds of when a character's feet came down and left the ground. */
export class FootfallLog {
  private readonly contacts: number[][];

  constructor(private readonly agent: TaskAgent) {
    this.contacts = agent.feet.parts.map(() => []);
  }

  /** Looks at the feet after a control step. @param seconds on the stage's clock */
  note(seconds: number): void {
    const { down, airSeconds } = this.agent.feet;
    this.contacts.forEach((times, foot) => {
      const wasDown = times.length % 2 === 1;
      if (down[foot] && !wasDown) times.push(seconds);
      // A foot counts as down for a moment longer, lest chatter of the sole looks like steps.
      else if (!down[foot] && wasDown) times.push(Math.max(times.at(-1)!, seconds - airSeconds[foot]!));
      while (times.length >= 2 && times[1]! < seconds - MEMORY) times.splice(0, 2);
    });
  }

  clear(): void {
    for (const times of this.contacts) times.length = 0;
  }

  /** Null where there are no feet. */
  read(seconds: number): Footfalls | null {
    if (this.contacts.length === 0) return null;
    return { feet: this.agent.body.spec.feet ?? [], seconds, contacts: this.contacts.map((times) => [...times]) };
  }
}
