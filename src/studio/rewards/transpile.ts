import { typescriptLanguage } from "@codemirror/lang-javascript";
import { transform } from "sucrase";
import type { RewardFault } from "../../task/rewards/code.js";

/** TypeScript without its types, line by line where it was; or what is wrong with it. */
export function transpile(term: string, code: string): { readonly js: string } | { readonly fault: RewardFault } {
  const slip = slipOf(code);
  if (slip) return { fault: { term, ...slip } };
  try {
    // Imports become calls of `require`, which the term does not see.
    const { code: stripped } = transform(code, { transforms: ["typescript", "imports"], disableESTransforms: true });
    const js = stripped.replace(/^"use strict";/, "").replace(/;\s*$/, "");
    // Read, not run: what strips the types lets much pass.
    new Function(`"use strict"; return (${js}\n);`);
    return { js };
  } catch (error) {
    const { message, loc } = error as Error & { readonly loc?: { readonly line: number } };
    return { fault: { term, message, line: loc?.line ?? null } };
  }
}

/** Where the editor's own parser, which never gives up, first finds something wrong. */
function slipOf(code: string): { readonly message: string; readonly line: number } | null {
  const cursor = typescriptLanguage.parser.parse(code).cursor();
  do {
    if (!cursor.type.isError) continue;
    const [next] = code.slice(cursor.from).trimStart();
    const message = next === undefined ? "The code ends too early." : `This cannot be read: unexpected ${next}`;
    return { message, line: code.slice(0, cursor.from).split("\n").length };
  } while (cursor.next());
  return null;
}
