import type { ModelMetadata } from "../../policy/modelMetadata.js";

/** What the panel shows of the running simulation. */
export interface Figures {
  readonly seconds: number;
  /** m/s */
  readonly forwardSpeed: number;
  readonly standing: number;
  readonly agents: number;
  readonly falls: number;
  readonly framesPerSecond: number;
}

/** What the buttons and the keyboard do. */
export interface PanelActions {
  readonly togglePause: () => void;
  readonly toggleSlowMotion: () => void;
  readonly reset: () => void;
}

/** The overlay of the page; its elements are those of `html.ts`. */
export class Panel {
  private readonly idleHint: string;

  constructor(character: string, model: string, actions: PanelActions) {
    this.idleHint = `Drag a ${character.replaceAll("-", " ")} to push it · drag elsewhere to look around`;
    element("model").textContent = model;
    for (const [id, key, act] of [
      ["pause", " ", actions.togglePause],
      ["reset", "r", actions.reset],
      ["slow", "s", actions.toggleSlowMotion],
    ] as const) {
      const button = element(id);
      button.addEventListener("click", act);
      // A click leaves the focus where it is: a focused button takes the space bar for itself.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      window.addEventListener("keydown", (event) => {
        const { repeat, ctrlKey, metaKey, altKey, target } = event;
        if (event.key.toLowerCase() !== key || repeat || ctrlKey || metaKey || altKey) return;
        if (key !== " " || !(target instanceof HTMLButtonElement)) act();
      });
    }
    this.showState(false, false);
    this.showPush(null);
    element("loading").hidden = true;
    element("panel").hidden = false;
    element("hint").hidden = false;
  }

  showState(paused: boolean, slow: boolean): void {
    element("pause").textContent = paused ? "Play" : "Pause";
    element("pause").setAttribute("aria-pressed", String(paused));
    element("slow").setAttribute("aria-pressed", String(slow));
  }

  /** What the push in progress would do, null when there is none. */
  showPush(text: string | null): void {
    element("hint").textContent = text ?? this.idleHint;
  }

  show(figures: Figures): void {
    // Never "-0.00".
    showFigure("speed", (Math.round(figures.forwardSpeed * 100) / 100 || 0).toFixed(2), "m/s");
    showFigure("seconds", figures.seconds.toFixed(1), "s");
    showFigure("standing", String(figures.standing), `of ${figures.agents}`);
    showFigure("falls", String(figures.falls), "");
    showFigure("frames", figures.framesPerSecond.toFixed(0), "per s");
  }
}

/** Shows one sentence in place of everything that has failed. */
export function showError(message: string): void {
  element("loading").hidden = true;
  element("hint").hidden = true;
  element("error").textContent = message;
  element("error").hidden = false;
}

/** What the panel says about where the policy comes from. */
export function describeModel(metadata: ModelMetadata | null, hasPolicy: boolean): string {
  if (!hasPolicy) return "no policy: the motors are at rest";
  if (!metadata) return "a model without Legwork's description";
  const { trainer, steps, score } = metadata;
  const trained = `${trainer}, ${new Intl.NumberFormat("en", { notation: "compact" }).format(steps)} steps`;
  return score === null ? trained : `${trained}, mean return ${score.toFixed(0)}`;
}

function showFigure(id: string, value: string, unit: string): void {
  const small = document.createElement("small");
  small.textContent = unit;
  element(id).replaceChildren(`${value} `, small);
}

function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}
