import { PATHS } from "./settings.js";

/** The page: one canvas, a panel over it, and a place for an error. What moves in it belongs to `panel.ts`. */
export function playHtml(sceneName: string): string {
  const title = sceneName.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Legwork</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<canvas id="view" aria-label="The scene"></canvas>
<main id="panel" hidden>
  <h1>${title}</h1>
  <p id="model"></p>
  <dl>
    <div class="wide"><dt>forward speed</dt><dd id="speed"></dd></div>
    <div><dt>time</dt><dd id="seconds"></dd></div>
    <div><dt>standing</dt><dd id="standing"></dd></div>
    <div><dt>falls</dt><dd id="falls"></dd></div>
    <div><dt>frames</dt><dd id="frames"></dd></div>
  </dl>
  <div id="buttons">
    <button id="pause" type="button" title="Space"></button>
    <button id="reset" type="button" title="R">Reset</button>
    <button id="slow" type="button" title="S">Slow motion</button>
  </div>
</main>
<p id="hint" hidden></p>
<p id="loading">Loading…</p>
<p id="error" role="alert" hidden></p>
<script type="module" src="${PATHS.script}"></script>
</body>
</html>
`;
}

const STYLE = `
* { box-sizing: border-box; margin: 0; }
html, body { height: 100%; overflow: hidden; background: #dbe6ee; color: #1d2b36;
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
[hidden] { display: none !important; }
#view { display: block; width: 100%; height: 100%; outline: none; touch-action: none; }
#panel { position: fixed; top: 20px; left: 20px; width: 272px; padding: 18px 20px; border-radius: 14px;
  background: rgba(255, 255, 255, .78); backdrop-filter: blur(10px);
  box-shadow: 0 8px 30px rgba(29, 43, 54, .14); }
h1 { font-size: 20px; font-weight: 650; letter-spacing: -.01em; }
#model { color: #51636f; font-size: 13px; }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 10px 16px; margin: 14px 0 16px; }
.wide { grid-column: 1 / -1; }
dt { color: #51636f; font-size: 12px; }
dd { font-size: 16px; font-weight: 600; font-variant-numeric: tabular-nums; }
.wide dd { font-size: 28px; line-height: 1.15; letter-spacing: -.02em; }
dd small { font-size: .62em; font-weight: 500; color: #51636f; letter-spacing: 0; }
#buttons { display: flex; gap: 6px; }
button { flex: 1 0 auto; padding: 7px 10px; border: 0; border-radius: 8px; font: inherit; font-size: 13px; color: inherit;
  background: rgba(29, 43, 54, .08); cursor: pointer; }
button:hover { background: rgba(29, 43, 54, .15); }
button:focus-visible { outline: 2px solid #2a7de1; outline-offset: 1px; }
button[aria-pressed=true] { background: #1d2b36; color: #fff; }
#hint { position: fixed; bottom: 22px; left: 50%; transform: translateX(-50%); padding: 7px 16px; border-radius: 99px;
  background: rgba(29, 43, 54, .72); color: #fff; font-size: 13px; white-space: nowrap; pointer-events: none;
  font-variant-numeric: tabular-nums; }
#loading, #error { position: fixed; top: 50%; left: 50%; transform: translate(-50%, -50%); max-width: min(560px, 90vw); }
#loading { color: #51636f; }
#error { padding: 20px 24px; border-radius: 14px; border-left: 5px solid #d1495b; background: #fff; font-size: 16px;
  box-shadow: 0 8px 30px rgba(29, 43, 54, .18); overflow-wrap: anywhere; }
`;
