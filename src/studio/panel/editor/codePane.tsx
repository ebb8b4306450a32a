import { useContext, useEffect, useRef, useState } from "react";
import type { RewardRow, StudioClient } from "../../client.js";
import { Button } from "../shared/button.js";
import { ThemeContext } from "../shared/theme.js";
import { CodeEditor } from "./codeEditor.js";

/** The code of one term, its name, and what is wrong with it. Default export: it is loaded when first opened. */
export default function CodePane({ client, row }: { readonly client: StudioClient; readonly row: RewardRow }) {
  const { name, fault } = row;
  const code = row.code ?? "";
  const theme = useContext(ThemeContext);
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const [text, setText] = useState(code);
  const apply = () => client.applyCode(name, editor.current?.code ?? text);
  // The editor lives on while these change.
  const latest = useRef({ apply, code, theme });
  latest.current = { apply, code, theme };

  useEffect(() => {
    const made = new CodeEditor({
      parent: parent.current!,
      label: `Code of ${name}`,
      code: latest.current.code,
      theme: latest.current.theme,
      onApply: () => latest.current.apply(),
      onChange: setText,
    });
    editor.current = made;
    return () => {
      editor.current = null;
      made.dispose();
    };
  }, [name]);
  useEffect(() => editor.current?.setTheme(theme), [theme]);
  // An undo, or another run, brings other code.
  useEffect(() => editor.current?.setCode(code), [code]);
  useEffect(() => editor.current?.setFault(fault), [fault]);

  return (
    <div className="lw-code">
      <div className="lw-code-editor" ref={parent} />
      {fault && (
        <p className="lw-fault" role="alert">
          <b>{fault.line === null ? "Fault" : `Line ${fault.line}`}</b>: {fault.message}
          <span> The last good code goes on.</span>
        </p>
      )}
      <div className="lw-code-foot">
        <Rename name={name} disabled={text !== code} onRename={(to) => client.renameTerm(name, to)} />
        <span className="lw-space" />
        {text !== code && <span className="lw-quiet">not applied yet</span>}
        <Button name="Apply" shortcut="Ctrl+Enter" look={text !== code ? "primary" : "plain"} onPress={apply} />
      </div>
    </div>
  );
}

interface RenameProps {
  readonly name: string;
  /** A row of another name begins with the applied code, so what is not applied would be lost. */
  readonly disabled: boolean;
  readonly onRename: (to: string) => void;
}

function Rename({ name, disabled, onRename }: RenameProps) {
  const [text, setText] = useState(name);
  const take = () => {
    const to = text.trim();
    if (to && to !== name) onRename(to);
    else setText(name);
  };
  return (
    <input
      type="text"
      className="lw-rename"
      aria-label={`Name of ${name}`}
      title={disabled ? "Apply the code before you rename the term" : "Name of the term"}
      disabled={disabled}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape") setText(name);
      }}
    />
  );
}
