import { readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { InputError } from "../inputError.js";
import type { Overlay } from "../train/config/trainerConfig.js";

/** A whole number from `least`, for commander. */
export function integer(least: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text.trim()) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`It must be a whole number${least > 0 ? ` from ${least}` : ""}.`);
    }
    return value;
  };
}

/** A number above 0, for commander. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

/** Collects `--set name=value` into a record, for commander. */
export function assignment(text: string, previous: Record<string, number> = {}): Record<string, number> {
  const match = /^([^=]+)=(.+)$/.exec(text);
  const value = Number(match?.[2]);
  if (!match || !Number.isFinite(value))
    throw new InvalidArgumentError("It must be name=value with a number as value.");
  return { ...previous, [match[1]!]: value };
}

/** A whole file. @throws InputError when it cannot be read */
export function readInput(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : String(code);
    throw new InputError(`Cannot read the ${what} ${path}: ${reason}.`);
  }
}

/** A trainer file that is to lie over another one. @throws InputError when it cannot be read */
export function readOverlay(path: string, what: string): Overlay {
  return { text: readInput(path, what).toString("utf8"), source: path };
}
