import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { DOCS, type Doc } from "./docs.js";

const PATH = /(?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$]?[\w$]*$/;

const LEADING_COMMENTS = /^(?:\s|\/\/.*\n|\/\*[\s\S]*?\*\/)+/;

/** What can follow the text before the cursor; `code` is the whole term. Null: nothing of ours. */
export function membersAt(
  before: string,
  code: string,
): { from: number; members: Readonly<Record<string, Doc>> } | null {
  const path = PATH.exec(before)?.[0] ?? "";
  if (!path.includes(".")) return null;
  const names = path.split(".");
  const from = before.length - names.pop()!.length;
  const members = membersOf(names, parameterOf(code));
  return members && { from, members };
}

/** Completion in the code of a reward term. */
export function completeTerm(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const found = membersAt(line.text.slice(0, context.pos - line.from), context.state.doc.toString());
  if (!found) return null;
  return {
    from: line.from + found.from,
    options: Object.entries(found.members).map(([label, { type, text }], i): Completion => {
      // In the order of the table, which has first what is needed most.
      return { label, detail: type, info: text, type: type.includes("=>") ? "method" : "property", boost: -i };
    }),
    validFor: /^[\w$]*$/,
  };
}

/** What the term calls the state: a name, or the members that it takes out of it. */
function parameterOf(whole: string): { state: string | null; members: readonly string[] } {
  const code = whole.replace(LEADING_COMMENTS, "");
  const destructured = /^\s*\(\s*\{([^)]*)\}/.exec(code);
  if (destructured) return { state: null, members: destructured[1]!.match(/[A-Za-z_$][\w$]*/g) ?? [] };
  return { state: /^\s*\(?\s*([A-Za-z_$][\w$]*)/.exec(code)?.[1] ?? "state", members: [] };
}

function membersOf(
  names: readonly string[],
  { state, members }: ReturnType<typeof parameterOf>,
): Readonly<Record<string, Doc>> | null {
  const [first, ...rest] = names;
  if (first === state) return rest.length === 0 ? DOCS.state : nested(rest);
  return members.includes(first!) ? nested(names) : null;
}

function nested([member, ...rest]: readonly string[]): Readonly<Record<string, Doc>> | null {
  return rest.length === 0 && isNested(member!) ? DOCS[member] : null;
}

function isNested(member: string): member is Exclude<keyof typeof DOCS, "state"> {
  return member !== "state" && Object.hasOwn(DOCS, member);
}
