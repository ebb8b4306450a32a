import type { ComponentType } from "react";

/** The part of the Inspector's shell that Legwork uses. */
export interface InspectorShell {
  addSidePane(pane: InspectorSidePane): { dispose(): void };
}

/** A pane at the side of the Inspector. */
export interface InspectorSidePane {
  readonly key: string;
  readonly title: string;
  readonly icon: ComponentType;
  readonly content: ComponentType;
  readonly horizontalLocation: "left" | "right";
  readonly verticalLocation: "top" | "bottom";
  /** Whether to point at the pane's tab when it is there for the first time; default true. */
  readonly teachingMoment?: boolean;
}

/** A service of the Inspector that is given its shell. */
export interface InspectorServiceDefinition {
  readonly friendlyName: string;
  readonly consumes: readonly [symbol];
  readonly factory: (shell: InspectorShell) => { dispose(): void };
}
