import { typescriptLanguage } from "@codemirror/lang-javascript";
import { transform } from "sucrase";
import type { RewardFault } from "../../task/rewards/code.js";

/** TypeScript without its types, line by line where it was; or what is wrong with it. */
export function transpile(term: string, code: string): { readonly js: string } | { readonly fault: RewardFault } {
  try {
    // Imports become calls of `require`, which the term does not see.
    const { code: js } = transform(code, { transforms: ["typescript", "imports"], disableESTransforms: true });
    const expression = js.replace(/^"use strict";/, "").replace(/;\s*$/, "");
    // Read, not run: what strips the types lets much pass.
    new Function(`"use strict"; return (${expression}\n);`);
    return { js: expression };
  } catch (error) {
    const { message, loc } = error as Error & { readonly loc?: { readonly line: number } };
    const line = loc?.line ?? lineOfError(code);
    return { fault: { term, message: message.replace(/^Error transforming [^:]*: /, ""), line } };
  }
}

/** Where the editor's own parser, which never gives up, first finds something wrong. */
function lineOfError(code: string): number | null {
  const cursor = typescriptLanguage.parser.parse(code).cursor();
  do {
    if (cursor.type.isError) return code.slice(0, cursor.from).split("\n").length;
  } while (cursor.next());
  return null;
}
