// Activation functions and their derivatives, four numbers at a time. A rest of fewer than four goes one by one through
// the same arithmetic, so that a number's result does not depend on its place.

import { multiplyAdd } from "./multiplyAdd";

/** The codes that `activationCodes` of ../library.ts gives. */
const LINEAR: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const ELU: i32 = 3;
const SWISH: i32 = 4;

// Places in the table of constants, of which each entry is a vector of four times the same. V8 makes a vector constant in a
// loop from four slow instructions each time, and splats one number from memory in two, but loads a vector in one.
const ENTRY: usize = 16;
const ONE: usize = 0;
const TANH_LIMIT: usize = 1 * ENTRY;
const NUMERATOR: usize = 2 * ENTRY;
const DENOMINATOR: usize = 9 * ENTRY;
const EXP_LIMITS: usize = 13 * ENTRY;
const LOG2_E: usize = 15 * ENTRY;
const LN_2: usize = 16 * ENTRY;
const EXPONENTIAL: usize = 18 * ENTRY;
const SHIFTER: usize = 24 * ENTRY;
/** Bytes of the table. */
const CONSTANTS: i32 = 25 * <i32>ENTRY;

export function constantsSize(): i32 {
  return CONSTANTS;
}

/** Fills the table, whose address `constants` is in the functions below. */
export function writeConstants(constants: usize): void {
  v128.store(constants + ONE, f32x4.splat(1));
  // The ratio of two polynomials that Eigen uses (`generic_fast_tanh_float`), to 3e-7; beyond ± the limit, tanh is ±1 in
  // single precision. Coefficients of the highest power first.
  v128.store(constants + TANH_LIMIT, f32x4.splat(7.90531110763549805));
  v128.store(constants + NUMERATOR, f32x4.splat(-2.76076847742355e-16));
  v128.store(constants + NUMERATOR + ENTRY, f32x4.splat(2.00018790482477e-13));
  v128.store(constants + NUMERATOR + 2 * ENTRY, f32x4.splat(-8.60467152213735e-11));
  v128.store(constants + NUMERATOR + 3 * ENTRY, f32x4.splat(5.12229709037114e-8));
  v128.store(constants + NUMERATOR + 4 * ENTRY, f32x4.splat(1.48572235717979e-5));
  v128.store(constants + NUMERATOR + 5 * ENTRY, f32x4.splat(6.37261928875436e-4));
  v128.store(constants + NUMERATOR + 6 * ENTRY, f32x4.splat(4.89352455891786e-3));
  v128.store(constants + DENOMINATOR, f32x4.splat(1.19825839466702e-6));
  v128.store(constants + DENOMINATOR + ENTRY, f32x4.splat(1.18534705686654e-4));
  v128.store(constants + DENOMINATOR + 2 * ENTRY, f32x4.splat(2.268434632439e-3));
  v128.store(constants + DENOMINATOR + 3 * ENTRY, f32x4.splat(4.89352518554385e-3));
  // The polynomial of `expf` of Cephes for eʳ − 1 − r over r², to 1e-7; ln 2 in two parts, n times the first is exact.
  v128.store(constants + EXP_LIMITS, f32x4.splat(88));
  v128.store(constants + EXP_LIMITS + ENTRY, f32x4.splat(-87));
  v128.store(constants + LOG2_E, f32x4.splat(1.44269504088896341));
  v128.store(constants + LN_2, f32x4.splat(0.693359375));
  v128.store(constants + LN_2 + ENTRY, f32x4.splat(-2.12194440e-4));
  v128.store(constants + EXPONENTIAL, f32x4.splat(1.9875691500e-4));
  v128.store(constants + EXPONENTIAL + ENTRY, f32x4.splat(1.3981999507e-3));
  v128.store(constants + EXPONENTIAL + 2 * ENTRY, f32x4.splat(8.3334519073e-3));
  v128.store(constants + EXPONENTIAL + 3 * ENTRY, f32x4.splat(4.1665795894e-2));
  v128.store(constants + EXPONENTIAL + 4 * ENTRY, f32x4.splat(1.6666665459e-1));
  v128.store(constants + EXPONENTIAL + 5 * ENTRY, f32x4.splat(5.0000001201e-1));
  v128.store(constants + SHIFTER, f32x4.splat(12582912));
}

/** y = f(y + b) in place. @param y `[rows, columns]` @param bias `[columns]` */
export function addBiasAndActivate(y: usize, bias: usize, rows: i32, columns: i32, activation: i32, constants: usize): void {
  if (activation == LINEAR) activateRows(y, bias, rows, columns, LINEAR, constants);
  else if (activation == TANH) activateRows(y, bias, rows, columns, TANH, constants);
  else if (activation == RELU) activateRows(y, bias, rows, columns, RELU, constants);
  else activateRows(y, bias, rows, columns, ELU, constants);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activateRows(y: usize, bias: usize, rows: i32, columns: i32, activation: i32, constants: usize): void {
  const vectors = <usize>(columns & ~3) * 4;
  const end = <usize>columns * 4;
  for (let row = 0; row < rows; row++, y += end) {
    let j: usize = 0;
    for (; j < vectors; j += 16) {
      v128.store(y + j, activate(f32x4.add(v128.load(y + j), v128.load(bias + j)), activation, constants));
    }
    for (; j < end; j += 4) {
      const z = f32x4.splat(load<f32>(y + j) + load<f32>(bias + j));
      store<f32>(y + j, f32x4.extract_lane(activate(z, activation, constants), 0));
    }
  }
}

/** y = f(x), `[size]` each. */
export function activateInto(x: usize, y: usize, size: i32, activation: i32, constants: usize): void {
  if (activation == TANH) activateAll(x, y, size, TANH, constants);
  else activateAll(x, y, size, SWISH, constants);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activateAll(x: usize, y: usize, size: i32, activation: i32, constants: usize): void {
  let i = 0;
  for (; i < (size & ~3); i += 4, x += 16, y += 16) v128.store(y, activate(v128.load(x), activation, constants));
  for (; i < size; i++, x += 4, y += 4) {
    store<f32>(y, f32x4.extract_lane(activate(f32x4.splat(load<f32>(x)), activation, constants), 0));
  }
}

/** dz = dy · f′, `[size]` each; `saved` is f's result, but of swish its argument. */
export function activationGradient(dy: usize, saved: usize, dz: usize, size: i32, activation: i32, constants: usize): void {
  if (activation == TANH) gradientAll(dy, saved, dz, size, TANH, constants);
  else if (activation == RELU) gradientAll(dy, saved, dz, size, RELU, constants);
  else if (activation == ELU) gradientAll(dy, saved, dz, size, ELU, constants);
  else gradientAll(dy, saved, dz, size, SWISH, constants);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function gradientAll(dy: usize, saved: usize, dz: usize, size: i32, activation: i32, constants: usize): void {
  let i = 0;
  for (; i < (size & ~3); i += 4, dy += 16, saved += 16, dz += 16) {
    v128.store(dz, f32x4.mul(v128.load(dy), slope(v128.load(saved), activation, constants)));
  }
  for (; i < size; i++, dy += 4, saved += 4, dz += 4) {
    const slopes = slope(f32x4.splat(load<f32>(saved)), activation, constants);
    store<f32>(dz, load<f32>(dy) * f32x4.extract_lane(slopes, 0));
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function activate(z: v128, activation: i32, c: usize): v128 {
  const zero = f32x4.splat(0);
  if (activation == TANH) return tanh(z, c);
  if (activation == RELU) return f32x4.pmax(z, zero);
  if (activation == ELU) {
    return v128.bitselect(z, f32x4.sub(exp(f32x4.pmin(z, zero), c), v128.load(c, ONE)), f32x4.gt(z, zero));
  }
  if (activation == SWISH) return f32x4.mul(z, sigmoid(z, c));
  return z;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function slope(saved: v128, activation: i32, c: usize): v128 {
  const zero = f32x4.splat(0);
  const one = v128.load(c, ONE);
  if (activation == TANH) return f32x4.sub(one, f32x4.mul(saved, saved)); // 1 − y²
  if (activation == RELU) return v128.and(one, f32x4.gt(saved, zero));
  if (activation == ELU) return f32x4.add(f32x4.pmin(saved, zero), one); // eᶻ = y + 1
  // (z σ)′ = σ + z σ (1 − σ)
  const s = sigmoid(saved, c);
  return f32x4.mul(s, f32x4.add(one, f32x4.mul(saved, f32x4.sub(one, s))));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function tanh(z: v128, c: usize): v128 {
  const limit = v128.load(c, TANH_LIMIT);
  const x = f32x4.pmax(f32x4.pmin(z, limit), f32x4.neg(limit));
  const square = f32x4.mul(x, x);
  const fourth = f32x4.mul(square, square);
  // Both polynomials are sums of lines in x² (Estrin), of which several are computed at a time.
  const n5 = multiplyAdd(square, v128.load(c, NUMERATOR + 1 * ENTRY), v128.load(c, NUMERATOR + 2 * ENTRY));
  const n3 = multiplyAdd(square, v128.load(c, NUMERATOR + 3 * ENTRY), v128.load(c, NUMERATOR + 4 * ENTRY));
  const n1 = multiplyAdd(square, v128.load(c, NUMERATOR + 5 * ENTRY), v128.load(c, NUMERATOR + 6 * ENTRY));
  const d2 = multiplyAdd(square, v128.load(c, DENOMINATOR), v128.load(c, DENOMINATOR + 1 * ENTRY));
  const d0 = multiplyAdd(square, v128.load(c, DENOMINATOR + 2 * ENTRY), v128.load(c, DENOMINATOR + 3 * ENTRY));
  const high = multiplyAdd(fourth, v128.load(c, NUMERATOR), n5);
  const p = multiplyAdd(high, f32x4.mul(fourth, fourth), multiplyAdd(n3, fourth, n1));
  const q = multiplyAdd(d2, fourth, d0);
  return f32x4.div(f32x4.mul(x, p), q);
}

/** 1 / (1 + e⁻ᶻ) */
// @ts-ignore: decorator of AssemblyScript
@inline
function sigmoid(z: v128, c: usize): v128 {
  const one = v128.load(c, ONE);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(z), c)));
}

/** eˣ = 2ⁿ eʳ with the whole number n nearest to x / ln 2, so that |r| ≤ ½ ln 2. x is kept within what 2ⁿ can show. */
// @ts-ignore: decorator of AssemblyScript
@inline
function exp(argument: v128, c: usize): v128 {
  const smaller = f32x4.pmin(argument, v128.load(c, EXP_LIMITS));
  const x = f32x4.pmax(smaller, v128.load(c, EXP_LIMITS + ENTRY));
  // 1.5·2²³ + n has no places left for a fraction, and n in its lowest bits.
  const shifter = v128.load(c, SHIFTER);
  const shifted = f32x4.add(f32x4.mul(x, v128.load(c, LOG2_E)), shifter);
  const n = f32x4.sub(shifted, shifter);
  let r = f32x4.sub(x, f32x4.mul(n, v128.load(c, LN_2)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load(c, LN_2 + ENTRY)));
  const square = f32x4.mul(r, r);
  const e4 = multiplyAdd(r, v128.load(c, EXPONENTIAL), v128.load(c, EXPONENTIAL + 1 * ENTRY));
  const e2 = multiplyAdd(r, v128.load(c, EXPONENTIAL + 2 * ENTRY), v128.load(c, EXPONENTIAL + 3 * ENTRY));
  const e0 = multiplyAdd(r, v128.load(c, EXPONENTIAL + 4 * ENTRY), v128.load(c, EXPONENTIAL + 5 * ENTRY));
  const p = multiplyAdd(multiplyAdd(e4, square, e2), square, e0);
  const power = f32x4.add(multiplyAdd(p, square, r), v128.load(c, ONE));
  // Adding n to the exponent's bits multiplies by 2ⁿ.
  return i32x4.add(power, i32x4.shl(shifted, 23));
}
