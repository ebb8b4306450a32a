import {
  INITIAL_STAGE,
  type StageClient,
  type StageSettings,
  type StageState,
} from "../../../src/studio/stage/stageState.js";

/** A stage without a scene, on which two feet walk. */
export class FakeStage implements StageClient {
  readonly calls: (readonly unknown[])[] = [];
  state: StageState = {
    settings: INITIAL_STAGE,
    ghosts: [{ id: 1, name: "walker-run.onnx" }],
    figures: null,
    footfalls: null,
    push: null,
  };
  private readonly listeners = new Set<() => void>();

  subscribe(onChange: () => void): () => void {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  }

  set(settings: Partial<StageSettings>): void {
    this.calls.push(["set", settings]);
    this.change({ settings: { ...this.state.settings, ...settings } });
  }

  /** The stage as it is at a time of its clock. */
  showAt(seconds: number): void {
    const stride = 1.1;
    const contacts = [0, 0.5].map((offset) => {
      const times: number[] = [];
      for (let i = Math.max(0, Math.ceil((seconds - 6) / stride)); ; i++) {
        const down = (i + offset) * stride;
        if (down > seconds) return times;
        times.push(down);
        if (down + 0.62 * stride > seconds) return times;
        times.push(down + 0.62 * stride);
      }
    });
    this.change({
      figures: {
        forwardSpeed: 1.28 + 0.05 * Math.sin(seconds),
        standing: 15,
        agents: 16,
        falls: 3,
        framesPerSecond: 60,
      },
      footfalls: { feet: ["leftFoot", "rightFoot"], seconds, contacts },
    });
  }

  readonly reset = () => void this.calls.push(["reset"]);
  readonly dropBox = () => void this.calls.push(["dropBox"]);
  readonly addGhost = (name: string) => void this.calls.push(["addGhost", name]);
  readonly removeGhost = (id: number) => void this.calls.push(["removeGhost", id]);

  private change(to: Partial<StageState>): void {
    this.state = { ...this.state, ...to };
    for (const listener of this.listeners) listener();
  }
}
