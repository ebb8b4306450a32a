import { gpuHosts } from "../test/support/gpuHosts.js";
const t = Date.now();
const r = await gpuHosts[1]!.callAllAsync(process.argv[2]!);
console.log(JSON.stringify(r).slice(0, 600), Date.now() - t, "ms");
