import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { javascript, javascriptLanguage, scopeCompletionSource } from "@codemirror/lang-javascript";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { oneDark } from "@codemirror/theme-one-dark";
import { highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { EditorView, minimalSetup } from "codemirror";
import type { RewardFault } from "../../../task/rewards/code.js";
import type { Theme } from "../shared/theme.js";
import { completeTerm } from "./completeTerm.js";
import { faultDiagnostic } from "./faultDiagnostic.js";

export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly code: string;
  readonly theme: Theme;
  /** Ctrl+Enter, or Cmd+Enter on a Mac. */
  readonly onApply: () => void;
  readonly onChange: (code: string) => void;
}

/** CodeMirror with TypeScript and what a reward term can read. */
export class CodeEditor {
  private readonly view: EditorView;
  private readonly colours = new Compartment();

  constructor({ parent, label, code, theme, onApply, onChange }: CodeEditorOptions) {
    const apply = () => {
      onApply();
      return true;
    };
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: code,
        extensions: [
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: apply, preventDefault: true }])),
          minimalSetup,
          keymap.of([...closeBracketsKeymap, ...completionKeymap]),
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          closeBrackets(),
          EditorView.lineWrapping,
          javascript({ typescript: true }),
          javascriptLanguage.data.of({ autocomplete: completeTerm }),
          javascriptLanguage.data.of({ autocomplete: scopeCompletionSource({ Math }) }),
          autocompletion({ icons: false }),
          lintGutter(),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) onChange(state.doc.toString());
          }),
          Prec.high(LOOK),
          this.colours.of(coloursOf(theme)),
        ],
      }),
    });
  }

  get code(): string {
    return this.view.state.doc.toString();
  }

  /** Shows other code, unless it is what is there. */
  setCode(code: string): void {
    const { doc } = this.view.state;
    if (doc.toString() !== code) this.view.dispatch({ changes: { from: 0, to: doc.length, insert: code } });
  }

  setTheme(theme: Theme): void {
    this.view.dispatch({ effects: this.colours.reconfigure(coloursOf(theme)) });
  }

  setFault(fault: RewardFault | null): void {
    const { state } = this.view;
    this.view.dispatch(setDiagnostics(state, fault ? [faultDiagnostic(state.doc, fault)] : []));
  }

  dispose(): void {
    this.view.destroy();
  }
}

const coloursOf = (theme: Theme): Extension => (theme === "dark" ? oneDark : []);

const LOOK = EditorView.theme({
  "&": { fontSize: "12.5px", backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "6px 0" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--quiet)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--edge)",
    borderRadius: "8px",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "14em", fontFamily: "inherit" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { marginLeft: "1em", fontStyle: "normal", opacity: "0.7" },
  ".cm-completionInfo": { padding: "8px 10px", maxWidth: "260px", fontFamily: "system-ui, sans-serif" },
});
