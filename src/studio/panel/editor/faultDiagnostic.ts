import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { RewardFault } from "../../../task/rewards/code.js";

/** Marks the line of a fault, from its first letter on; a fault of no line, or of one that is gone, marks the last. */
export function faultDiagnostic(doc: Text, { line, message }: RewardFault): Diagnostic {
  const { from, to, text } = doc.line(Math.min(doc.lines, Math.max(1, line ?? doc.lines)));
  const indent = text.length - text.trimStart().length;
  return { from: Math.min(to, from + indent), to, severity: "error", message };
}
