import * as p from "../test/nn/webgpu/probes.js";
export async function times() {
  const r: [string, number][] = [];
  for (const [name, f] of Object.entries(p)) { if (name === "denseResults" || name === "adamResults") continue; const t = performance.now(); await Promise.race([f(), new Promise((x) => setTimeout(x, 20000))]); r.push([name, performance.now() - t]); }
  return r;
}
