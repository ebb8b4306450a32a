import * as tf from "@tensorflow/tfjs";
const t0 = performance.now(); const lap = (s: string) => console.log(s, (performance.now() - t0).toFixed(0));
const { selectBackendAsync } = await import("../src/nn/backend.js");
await selectBackendAsync("webgpu"); lap("select");
const { TensorLearner } = await import("../src/train/ppo/tensorLearner.js");
const { initialState, layoutFor, randomBatch, SETTINGS } = await import("../test/train/ppo/ppoBatch.js");
const { Random } = await import("../src/random.js");
const layout = layoutFor({ continuous: 3, discrete: [] }, [32, 16], "tanh");
const learner = new TensorLearner({ layout, state: initialState(layout, new Random(1)), maxGradNorm: 0.5, random: new Random(1) });
lap("created");
const b = randomBatch(layout, 192, new Random(1));
for (let i = 0; i < 4; i++) { const p = learner.updateAsync(b, SETTINGS); lap("encoded"); await p; lap("update"); }
await learner.stateAsync(); lap("state");
