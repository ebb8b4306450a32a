import type { ParameterSource } from "../../agent/environmentParameters.js";
import type { PolicyNetwork } from "../../policy/network.js";
import type { Footfalls, StageFigures, StageSettings } from "./stageState.js";

// What the stage and its worker tell each other.

/** Policies that can be shown beside the newest one. */
export const MAX_GHOSTS = 8;
/** Boxes that lie about; the next one takes the place of the oldest. */
export const MAX_BOXES = 4;

/** A policy as plain data, or the bytes of an ONNX file. */
export type PolicySource = PolicyNetwork | Uint8Array;

export interface NamedPolicy {
  /** How errors call it. */
  readonly name: string;
  readonly source: PolicySource;
}

export interface LoadRequest {
  /** What its pictures carry, so that nobody takes them for those of another scene. */
  readonly id: number;
  /** Name under which the worker knows the scene. */
  readonly scene: string;
  readonly agents: number;
  readonly seed: number;
  readonly ground: StageSettings["ground"];
  /** Environment parameters that differ from the task's. */
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  /** Names of the sensors that the characters have; null: all. */
  readonly sensors: readonly string[] | null;
}

/** What the stage looks at a few times a second. */
export interface StageLook extends Omit<StageFigures, "framesPerSecond"> {
  /** Simulated seconds since the start or the last reset. */
  readonly seconds: number;
  readonly footfalls: Footfalls | null;
}

/** The worker's functions, each with its argument. */
export interface StageCommands {
  load: LoadRequest;
  /** Of the characters; null: they keep still. */
  setPolicy: NamedPolicy | null;
  addGhost: NamedPolicy & { readonly slot: number };
  removeGhost: number;
  /** @param speed simulated seconds per second */
  run: { readonly running: boolean; readonly speed: number };
  showContacts: boolean;
  reset: undefined;
  /** N·s in the world; a character's number, or that of a ghost: the number of characters plus its slot. */
  push: { readonly character: number; readonly part: number; readonly impulse: readonly [number, number, number] };
  dropBox: undefined;
  look: undefined;
}

/** What the worker's functions answer; the others nothing. */
export interface StageAnswers {
  /** Null before a scene has been loaded. */
  look: StageLook | null;
}

/** One picture of the world. Its numbers are sent back when they have been used, so that none are made while it runs. */
export interface Frame {
  /** Of the request that loaded the scene. */
  readonly load: number;
  /** When the world was so, ms since 1970. */
  readonly at: number;
  /** Time from one picture to the next, ms. */
  readonly interval: number;
  /** Where to look, m. */
  readonly focusX: number;
  readonly focusZ: number;
  readonly boxes: number;
  readonly contacts: number;
  /** Laid out by `FrameLayout`. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Name of the note that carries a {@link Frame}. */
export const FRAME = "frame";
