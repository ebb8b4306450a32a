export { panelStyles } from "./panelStyles.js";
export { StudioColumn } from "./studioColumn.js";
export { StudioPanel, type StudioPanelProps } from "./studioPanel.js";
