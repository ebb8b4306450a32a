import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");
for (const [m, n, d] of [[512,64,64],[256,256,256],[1024,256,256]] as [number,number,number][]) {
  const A = tf.randomNormal([m, d]), B = tf.randomNormal([d, n]);
  let best = 1e9; for (let i = 0; i < 300; i++) { const s = performance.now(); tf.matMul(A, B).dispose(); best = Math.min(best, performance.now() - s); }
  console.log("stock", m, n, d, (2*m*n*d/best/1e6).toFixed(1), "GF/s");
}
