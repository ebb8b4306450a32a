const root = process.argv[2]!;
const load = (p: string) => import(`${root}/src/${p}`);
const tf = await import("@tensorflow/tfjs");
const { Mlp } = await load("nn/mlp.ts"); const { Adam } = await load("nn/adam.ts");
const { ActionDistribution } = await load("nn/actionDistribution.ts"); const { lossesAndGradients } = await load("nn/gradients.ts");
const { ppoLosses } = await load("train/ppo/losses.ts"); const { selectBackendAsync } = await load("nn/backend.ts"); const { Random } = await load("random.ts");
await selectBackendAsync("wasm");
const random = new Random(1);
const normals = (n: number, s = 1) => Float32Array.from({ length: n }, () => s * random.normal());
const cases = [[64,2,64,11,3],[64,2,256,11,3],[64,2,512,11,3],[256,2,1024,11,3],[512,3,2048,243,39]];
const only = process.argv[3];
for (const [hidden, layers, B, obs, act] of cases as any) {
  if (only && !only.split(",").includes(`${hidden}x${B}`)) continue;
  const spec = { continuous: act, discrete: [] };
  const d = new ActionDistribution(spec);
  const shared = { inputs: obs, hidden: new Array(layers).fill(hidden), activation: (process.argv[5] ?? "tanh"), random };
  const actor = new Mlp({ ...shared, name: "a", outputs: act, headGain: 0.01 }), critic = new Mlp({ ...shared, name: "c", outputs: 1, headGain: 1 });
  const logStd = tf.tidy(() => tf.variable(tf.zeros([act])));
  const vars = [...actor.variables, logStd, ...critic.variables];
  const adam = new Adam(vars, { maxGradientNorm: 0.5 });
  const data = [normals(B*obs), normals(B*act), normals(B, 0.1).map(x => x - act * 1.4), normals(B), normals(B)] as Float32Array[];
  const step = () => tf.tidy(() => {
    const o = tf.tensor2d(data[0]!, [B, obs]), a = tf.tensor2d(data[1]!, [B, act]);
    const [old, adv, ret] = data.slice(2).map(x => tf.tensor1d(x)) as any;
    const { losses, gradients } = lossesAndGradients(vars, () => {
      const head = actor.forward(o), values = critic.forward(o).as1D();
      const { logProbability, entropy } = d.evaluate(head, logStd, a);
      return ppoLosses({ logProbability, entropy, values, oldLogProbability: old, advantages: adv, returns: ret }, { epsilon: 0.2, valueCoefficient: 0.5, entropyCoefficient: 0.01 });
    });
    adam.step(gradients, 3e-4);
    const { policyLoss, valueLoss, entropy, approximateKl, clipFraction } = losses;
    const r = tf.stack([policyLoss, valueLoss, entropy, approximateKl, clipFraction]);
    tf.dispose(Object.values(losses)); return r;
  });
  const warm = B > 1000 ? 3 : 150, n = B > 1000 ? (hidden > 500 ? 8 : 30) : 3000;
  for (let i = 0; i < warm; i++) step().dispose();
  const t: number[] = []; const cpu = process.cpuUsage();
  for (let i = 0; i < n; i++) { const s = performance.now(); step().dispose(); t.push(performance.now() - s); }
  const last = step(); const sum = Array.from(last.dataSync() as Float32Array).map(x => x.toPrecision(6)).join(" ");
  const used = process.cpuUsage(cpu); t.sort((x, y) => x - y);
  console.log(`${hidden}^${layers} B${B}: median ${t[n >> 1]!.toFixed(3)} min ${t[0]!.toFixed(3)} ms cpu ${((used.user + used.system) / 1000 / (n + 1)).toFixed(3)} | ${sum}`);
  if (process.argv[4]) {
    const agg = new Map<string, [number, number]>();
    const { profile } = tf as any;
    const p = await tf.profile(() => { step().dispose(); return tf.scalar(0); });
    for (const k of (p as any).kernels) { const e = agg.get(k.name) ?? [0, 0]; e[0]++; agg.set(k.name, e); }
    console.log("kernels", (p as any).kernels.length, [...agg].sort((x, y) => y[1][0] - x[1][0]).map(([k, v]) => `${k} ${v[0]}`).join(", "));
  }
}
