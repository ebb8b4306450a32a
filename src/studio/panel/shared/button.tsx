import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.js";

export interface ButtonProps {
  /** What it is called, and what it says unless it is `bare`. */
  readonly name: string;
  readonly onPress: () => void;
  readonly icon?: IconName;
  /** Shows the icon only. */
  readonly bare?: boolean;
  /** What it does, in a tooltip; default its name. */
  readonly title?: string;
  /** Key that does the same. */
  readonly shortcut?: string;
  /** Of a toggle: whether it is on. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly look?: "primary" | "danger" | "plain";
  /** Shown instead of the name, which it should contain. */
  readonly children?: ReactNode;
}

/** Every button of the panel. */
export function Button(props: ButtonProps) {
  const { name, onPress, icon, bare, title = name, shortcut, pressed, disabled, look, children } = props;
  const classes = ["lw-button", bare ? "lw-bare" : "", look ? `lw-${look}` : ""].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      className={classes}
      aria-label={name}
      title={shortcut ? `${title} (${shortcut})` : title}
      aria-keyshortcuts={shortcut?.replace("Ctrl", "Control")}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      {icon && <Icon name={icon} />}
      {!bare && <span>{children ?? name}</span>}
    </button>
  );
}
