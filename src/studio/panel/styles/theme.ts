const DARK = `
  color-scheme: dark;
  --page: #0f141a; --card: #171e26; --raised: #202a34; --edge: #2a3541; --text: #e6edf3; --quiet: #95a5b3;
  --hover: rgba(230, 237, 243, .07); --control: rgba(230, 237, 243, .09); --selection: rgba(90, 162, 245, .32);
  --accent: #5aa2f5; --on-accent: #07131f; --good: #4fd1a1; --warn: #f0b84d; --bad: #ff8088; --grid: #232d37;
  --shadow: 0 8px 30px rgba(0, 0, 0, .5);
  --series-0: #6aa2ff; --series-1: #f79a4d; --series-2: #43c99a; --series-3: #cf8af0;
  --series-4: #e2be45; --series-5: #4cc6e2; --series-6: #f27780; --series-7: #a3adbd;
`;

/** Colours, by the root's `data-theme`, or the system's wish where it has none. */
export const THEME = `
& {
  color-scheme: light;
  --page: #eef2f6; --card: #ffffff; --raised: #ffffff; --edge: #dbe3ea; --text: #1d2b36; --quiet: #51636f;
  --hover: rgba(29, 43, 54, .06); --control: rgba(29, 43, 54, .08); --selection: rgba(42, 125, 225, .22);
  --accent: #1f6fd6; --on-accent: #ffffff; --good: #0c7a55; --warn: #8f5f00; --bad: #c0303f; --grid: #e8edf2;
  --shadow: 0 8px 30px rgba(29, 43, 54, .16);
  --series-0: #2f6fde; --series-1: #dd6b12; --series-2: #12946b; --series-3: #a444c8;
  --series-4: #c0940a; --series-5: #0f93b0; --series-6: #d23b45; --series-7: #7a8496;
}
@media (prefers-color-scheme: dark) { &:not([data-theme="light"]) { ${DARK} } }
&[data-theme="dark"] { ${DARK} }
${Array.from({ length: 8 }, (_, i) => `[data-series="${i}"] { --series: var(--series-${i}); }`).join("\n")}
`;
