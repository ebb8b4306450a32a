/** What the stage can show beside the characters themselves, and how. */
export interface StageSettings {
  readonly paused: boolean;
  /** Simulated seconds per second: 0.25, 1, 2, 4. */
  readonly speed: number;
  /** Whether the camera goes along. */
  readonly follow: boolean;
  readonly showJointLimits: boolean;
  readonly showContacts: boolean;
  readonly ground: "flat" | "slope" | "steps";
}

export const INITIAL_STAGE: StageSettings = {
  paused: false,
  speed: 1,
  follow: true,
  showJointLimits: false,
  showContacts: false,
  ground: "flat",
};

/** Another policy that is shown beside the newest one. */
export interface Ghost {
  readonly id: number;
  readonly name: string;
}

/** When a foot of the first character was down, in seconds of the stage's clock. */
export interface Footfalls {
  readonly feet: readonly string[];
  readonly seconds: number;
  /** Per foot: times of touchdown and lift-off by turns, the last few seconds only; odd length: it is down now. */
  readonly contacts: readonly (readonly number[])[];
}

export interface StageFigures {
  /** m/s, of those that stand, mean over about a second */
  readonly forwardSpeed: number;
  readonly standing: number;
  readonly agents: number;
  readonly falls: number;
  readonly framesPerSecond: number;
}

export interface StageState {
  readonly settings: StageSettings;
  readonly ghosts: readonly Ghost[];
  /** Null before the first frame. */
  readonly figures: StageFigures | null;
  /** Null where the character has no feet. */
  readonly footfalls: Footfalls | null;
  /** Name of the part under the pointer's drag, with the impulse; null: none. */
  readonly push: string | null;
}

/** The stage as the panel sees it. */
export interface StageClient {
  readonly state: StageState;
  /** Calls back after each change of the state. @returns ends it */
  subscribe(onChange: () => void): () => void;
  set(settings: Partial<StageSettings>): void;
  /** Lets all characters begin anew. */
  reset(): void;
  /** Lets a box fall on the first character that stands. */
  dropBox(): void;
  /** Shows another policy beside the newest one. What does not fit is said in a notice. */
  addGhost(name: string, onnx: Uint8Array): void;
  removeGhost(id: number): void;
}
