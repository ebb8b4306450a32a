/**
 * One step of Adam on `size` numbers, in place: θ `parameters`, g `gradients`, m `means`, v `squares`.
 * m ← m + (1 − β1)(s g − m), v ← v + (1 − β2)(s² g² − v), θ ← θ − rate · m / (√v + ε)
 */
export function adam(
  parameters: usize, gradients: usize, means: usize, squares: usize, size: i32,
  scale: f32, meanWeight: f32, squareWeight: f32, rate: f32, epsilon: f32,
): void {
  let i = 0;
  for (; i < (size & ~3); i += 4, parameters += 16, gradients += 16, means += 16, squares += 16) {
    const g = f32x4.mul(v128.load(gradients), f32x4.splat(scale));
    let m = v128.load(means);
    m = f32x4.add(m, f32x4.mul(f32x4.sub(g, m), f32x4.splat(meanWeight)));
    let v = v128.load(squares);
    v = f32x4.add(v, f32x4.mul(f32x4.sub(f32x4.mul(g, g), v), f32x4.splat(squareWeight)));
    v128.store(means, m);
    v128.store(squares, v);
    const change = f32x4.div(f32x4.mul(m, f32x4.splat(rate)), f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)));
    v128.store(parameters, f32x4.sub(v128.load(parameters), change));
  }
  for (; i < size; i++, parameters += 4, gradients += 4, means += 4, squares += 4) {
    const g = load<f32>(gradients) * scale;
    let m = load<f32>(means);
    m += (g - m) * meanWeight;
    let v = load<f32>(squares);
    v += (g * g - v) * squareWeight;
    store<f32>(means, m);
    store<f32>(squares, v);
    store<f32>(parameters, load<f32>(parameters) - (m * rate) / (sqrt<f32>(v) + epsilon));
  }
}
