/** The Studio inside of a game: `legwork/studio`. Its workers are served by `legwork/studio/worker`. */
export { configureStudio, type StudioOptions } from "./inspector/configure.js";
export { LegworkInspectorService } from "./inspector/service.js";
export type { InspectorServiceDefinition, InspectorShell, InspectorSidePane } from "./inspector/shell.js";
