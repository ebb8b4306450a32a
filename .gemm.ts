import * as tf from "@tensorflow/tfjs";
import { selectBackendAsync } from "./src/nn/backend.js";
import { kernelLibrary } from "./src/nn/kernels/register.js";
await selectBackendAsync("wasm");
const k = kernelLibrary()!;
const time = (name: string, flops: number, f: () => void) => {
  for (let i = 0; i < 12; i++) f();
  let best = 1e9; const n = Math.max(1, Math.ceil(2e7 / flops));
  for (let r = 0; r < (flops > 5e8 ? 12 : 60); r++) { const s = performance.now(); for (let i = 0; i < n; i++) f(); best = Math.min(best, (performance.now() - s) / n); }
  console.log(name, (best * 1000).toFixed(1), "us", (flops / best / 1e6).toFixed(1), "GF/s");
};
for (const [m, n, d] of [[1024,256,256],[1024,256,256],[2048,512,512]] as [number,number,number][]) {
  const A = tf.randomNormal([m, d]), B = tf.randomNormal([d, n]), C = tf.randomNormal([m, n]);
  const flops = 2 * m * n * d;
  time(`NN ${m}x${n}x${d}`, flops, () => k.backend.disposeData(k.multiply(A, B).dataId));
  time(`NT dX`, flops, () => k.backend.disposeData(k.multiply(C, B, false, true).dataId));
  time(`TN dW`, flops, () => k.backend.disposeData(k.multiply(A, C, true, false).dataId));
}
const x = tf.randomNormal([512, 64]), b = tf.randomNormal([64]);
time("dense tanh 512x64 (K=1)", 512*64*2, () => k.backend.disposeData(k.activate(x, "tanh").dataId));
time("swish", 512*64*2, () => k.backend.disposeData(k.activate(x, "swish").dataId));
time("grad tanh", 512*64*2, () => k.backend.disposeData(k.activationGradient(x, x, "tanh").dataId));
time("sumRows", 512*64*2, () => k.backend.disposeData(k.sumRows(x).dataId));
