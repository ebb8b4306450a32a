import { gpuHosts } from "../test/support/gpuHosts.js";
const [host, path, name] = process.argv.slice(2);
const t = Date.now();
const r = await gpuHosts[Number(host)]!.callAsync(path!, name!);
console.log(JSON.stringify(r).slice(0, 3000), Date.now() - t, "ms");
