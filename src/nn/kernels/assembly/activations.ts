// Activation functions and their derivatives, four numbers at a time. A rest of fewer than four goes one by one through
// the same arithmetic, so that a number's result does not depend on its place.

/** The codes that `activationCodes` of ../library.ts gives. */
const LINEAR: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const ELU: i32 = 3;
const SWISH: i32 = 4;

/** y = f(y + b) in place. @param y `[rows, columns]` @param bias `[columns]` */
export function addBiasAndActivate(y: usize, bias: usize, rows: i32, columns: i32, activation: i32): void {
  if (activation == LINEAR) activateRows(y, bias, rows, columns, LINEAR);
  else if (activation == TANH) activateRows(y, bias, rows, columns, TANH);
  else if (activation == RELU) activateRows(y, bias, rows, columns, RELU);
  else activateRows(y, bias, rows, columns, ELU);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activateRows(y: usize, bias: usize, rows: i32, columns: i32, activation: i32): void {
  const vectors = <usize>(columns & ~3) * 4;
  const end = <usize>columns * 4;
  for (let row = 0; row < rows; row++, y += end) {
    let j: usize = 0;
    for (; j < vectors; j += 16) {
      v128.store(y + j, activate(f32x4.add(v128.load(y + j), v128.load(bias + j)), activation));
    }
    for (; j < end; j += 4) {
      const z = f32x4.splat(load<f32>(y + j) + load<f32>(bias + j));
      store<f32>(y + j, f32x4.extract_lane(activate(z, activation), 0));
    }
  }
}

/** y = f(x), `[size]` each. */
export function activateInto(x: usize, y: usize, size: i32, activation: i32): void {
  if (activation == TANH) activateAll(x, y, size, TANH);
  else activateAll(x, y, size, SWISH);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activateAll(x: usize, y: usize, size: i32, activation: i32): void {
  let i = 0;
  for (; i < (size & ~3); i += 4, x += 16, y += 16) v128.store(y, activate(v128.load(x), activation));
  for (; i < size; i++, x += 4, y += 4) {
    store<f32>(y, f32x4.extract_lane(activate(f32x4.splat(load<f32>(x)), activation), 0));
  }
}

/** dz = dy · f′, `[size]` each; `saved` is f's result, but of swish its argument. */
export function activationGradient(dy: usize, saved: usize, dz: usize, size: i32, activation: i32): void {
  if (activation == TANH) gradientAll(dy, saved, dz, size, TANH);
  else if (activation == RELU) gradientAll(dy, saved, dz, size, RELU);
  else if (activation == ELU) gradientAll(dy, saved, dz, size, ELU);
  else gradientAll(dy, saved, dz, size, SWISH);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function gradientAll(dy: usize, saved: usize, dz: usize, size: i32, activation: i32): void {
  let i = 0;
  for (; i < (size & ~3); i += 4, dy += 16, saved += 16, dz += 16) {
    v128.store(dz, f32x4.mul(v128.load(dy), slope(v128.load(saved), activation)));
  }
  for (; i < size; i++, dy += 4, saved += 4, dz += 4) {
    const slopes = slope(f32x4.splat(load<f32>(saved)), activation);
    store<f32>(dz, load<f32>(dy) * f32x4.extract_lane(slopes, 0));
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activate(z: v128, activation: i32): v128 {
  const zero = f32x4.splat(0);
  if (activation == TANH) return tanh(z);
  if (activation == RELU) return f32x4.max(z, zero);
  if (activation == ELU) {
    return v128.bitselect(z, f32x4.sub(exp(f32x4.min(z, zero)), f32x4.splat(1)), f32x4.gt(z, zero));
  }
  if (activation == SWISH) return f32x4.mul(z, sigmoid(z));
  return z;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function slope(saved: v128, activation: i32): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (activation == TANH) return f32x4.sub(one, f32x4.mul(saved, saved)); // 1 − y²
  if (activation == RELU) return v128.and(one, f32x4.gt(saved, zero));
  if (activation == ELU) return f32x4.add(f32x4.min(saved, zero), one); // eᶻ = y + 1
  // (z σ)′ = σ + z σ (1 − σ)
  const s = sigmoid(saved);
  return f32x4.mul(s, f32x4.add(one, f32x4.mul(saved, f32x4.sub(one, s))));
}

/**
 * The ratio of two polynomials that Eigen uses (`generic_fast_tanh_float`), to 3e-7; beyond its range, tanh is ±1 in
 * single precision.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
function tanh(z: v128): v128 {
  const x = f32x4.max(f32x4.min(z, f32x4.splat(7.90531110763549805)), f32x4.splat(-7.90531110763549805));
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(-2.76076847742355e-16);
  p = timesPlus(p, square, 2.00018790482477e-13);
  p = timesPlus(p, square, -8.60467152213735e-11);
  p = timesPlus(p, square, 5.12229709037114e-8);
  p = timesPlus(p, square, 1.48572235717979e-5);
  p = timesPlus(p, square, 6.37261928875436e-4);
  p = timesPlus(p, square, 4.89352455891786e-3);
  let q = f32x4.splat(1.19825839466702e-6);
  q = timesPlus(q, square, 1.18534705686654e-4);
  q = timesPlus(q, square, 2.268434632439e-3);
  q = timesPlus(q, square, 4.89352518554385e-3);
  return f32x4.div(f32x4.mul(x, p), q);
}

/** 1 / (1 + e⁻ᶻ) */
// @ts-ignore: decorator of AssemblyScript
@inline
function sigmoid(z: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(z))));
}

/**
 * eˣ = 2ⁿ eʳ with the whole number n nearest to x / ln 2, so that |r| ≤ ½ ln 2; eʳ by the polynomial of Cephes `expf`,
 * to 1e-7 relative. x is kept within what 2ⁿ can show.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
function exp(argument: v128): v128 {
  const x = f32x4.max(f32x4.min(argument, f32x4.splat(88)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  // ln 2 in two parts: n times the first is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = timesPlus(p, r, 1.3981999507e-3);
  p = timesPlus(p, r, 8.3334519073e-3);
  p = timesPlus(p, r, 4.1665795894e-2);
  p = timesPlus(p, r, 1.6666665459e-1);
  p = timesPlus(p, r, 5.0000001201e-1);
  const power = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  // Adding n to the exponent's bits multiplies by 2ⁿ.
  return i32x4.add(power, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function timesPlus(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}
