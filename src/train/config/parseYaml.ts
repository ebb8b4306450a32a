import { LineCounter, parseDocument, visit } from "yaml";
import { InputError } from "../../inputError.js";

/**
 * What a YAML text says, as plain data. Throws an `InputError` with line and column where the text is not YAML, or
 * where a key appears twice.
 * @param source the file's name, for messages
 */
export function parseYaml(text: string, source: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, merge: true, prettyErrors: false });
  const refuse = (offset: number, problem: string): never => {
    const { line, col } = lineCounter.linePos(offset);
    throw new InputError(`${source}: line ${line}, column ${col} is not valid YAML: ${problem}`);
  };
  const error = document.errors[0];
  if (error) refuse(error.pos[0], error.code === "MULTIPLE_DOCS" ? "A second document starts here" : error.message);
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document))
        refuse(alias.range![0], `There is no anchor &${alias.source} above *${alias.source}`);
    },
  });
  try {
    return document.toJS();
  } catch (error) {
    // What is left: `<<` over something that is no mapping, and aliases that multiply without end.
    throw new InputError(`${source} is not valid YAML: ${(error as Error).message}`);
  }
}
