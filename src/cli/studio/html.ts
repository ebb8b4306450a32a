import { PATHS } from "../../studio/page/paths.js";

/** The Studio's page: all that is in it is drawn by its script. */
export const STUDIO_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Legwork Studio</title>
<link rel="icon" href="data:,">
<style>
html, body, #studio { height: 100%; margin: 0; }
#studio { font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.loading { padding: 24px; color: #51636f; }
.stage, .stage canvas { display: block; width: 100%; height: 100%; outline: none; touch-action: none; }
</style>
</head>
<body>
<div id="studio"><p class="loading">Loading…</p></div>
<script type="module" src="${PATHS.scripts}page.js"></script>
</body>
</html>
`;
