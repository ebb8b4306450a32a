// Activation functions and their derivatives, four numbers at a time. A rest of fewer than four goes one by one through
// the same arithmetic, so that a number's result does not depend on its place.

/** The codes that `activationCodes` of ../library.ts gives. */
const LINEAR: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const ELU: i32 = 3;
const SWISH: i32 = 4;

// Places in the table of constants. V8 makes a vector constant in a loop from four slow instructions each time, but loads
// one from memory in one.
const ONE: usize = 0;
const TANH_LIMIT: usize = 4;
const TANH_NUMERATOR: usize = 8;
const TANH_DENOMINATOR: usize = 36;
const EXP_LIMITS: usize = 52;
const LOG2_E: usize = 60;
const LN_2: usize = 64;
const EXP_POLYNOMIAL: usize = 72;
const SHIFTER: usize = 96;
/** Bytes of the table. */
const CONSTANTS: i32 = 100;

export function constantsSize(): i32 {
  return CONSTANTS;
}

/** Fills the table, whose address `constants` is in the functions below. */
export function writeConstants(constants: usize): void {
  store<f32>(constants, 1, ONE);
  // The ratio of two polynomials that Eigen uses (`generic_fast_tanh_float`), to 3e-7; beyond ± the limit, tanh is ±1 in
  // single precision. Coefficients of the highest power first.
  store<f32>(constants, 7.90531110763549805, TANH_LIMIT);
  store<f32>(constants, -2.76076847742355e-16, TANH_NUMERATOR);
  store<f32>(constants, 2.00018790482477e-13, TANH_NUMERATOR + 4);
  store<f32>(constants, -8.60467152213735e-11, TANH_NUMERATOR + 8);
  store<f32>(constants, 5.12229709037114e-8, TANH_NUMERATOR + 12);
  store<f32>(constants, 1.48572235717979e-5, TANH_NUMERATOR + 16);
  store<f32>(constants, 6.37261928875436e-4, TANH_NUMERATOR + 20);
  store<f32>(constants, 4.89352455891786e-3, TANH_NUMERATOR + 24);
  store<f32>(constants, 1.19825839466702e-6, TANH_DENOMINATOR);
  store<f32>(constants, 1.18534705686654e-4, TANH_DENOMINATOR + 4);
  store<f32>(constants, 2.268434632439e-3, TANH_DENOMINATOR + 8);
  store<f32>(constants, 4.89352518554385e-3, TANH_DENOMINATOR + 12);
  // The polynomial of `expf` of Cephes for eʳ − 1 − r over r², to 1e-7; ln 2 in two parts, n times the first is exact.
  store<f32>(constants, 88, EXP_LIMITS);
  store<f32>(constants, -87, EXP_LIMITS + 4);
  store<f32>(constants, 1.44269504088896341, LOG2_E);
  store<f32>(constants, 0.693359375, LN_2);
  store<f32>(constants, -2.12194440e-4, LN_2 + 4);
  store<f32>(constants, 1.9875691500e-4, EXP_POLYNOMIAL);
  store<f32>(constants, 1.3981999507e-3, EXP_POLYNOMIAL + 4);
  store<f32>(constants, 8.3334519073e-3, EXP_POLYNOMIAL + 8);
  store<f32>(constants, 4.1665795894e-2, EXP_POLYNOMIAL + 12);
  store<f32>(constants, 1.6666665459e-1, EXP_POLYNOMIAL + 16);
  store<f32>(constants, 5.0000001201e-1, EXP_POLYNOMIAL + 20);
  store<f32>(constants, 12582912, SHIFTER);
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
    return v128.bitselect(z, f32x4.sub(exp(f32x4.pmin(z, zero), c), v128.load_splat<f32>(c, ONE)), f32x4.gt(z, zero));
  }
  if (activation == SWISH) return f32x4.mul(z, sigmoid(z, c));
  return z;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function slope(saved: v128, activation: i32, c: usize): v128 {
  const zero = f32x4.splat(0);
  const one = v128.load_splat<f32>(c, ONE);
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
  const limit = v128.load_splat<f32>(c, TANH_LIMIT);
  const x = f32x4.pmax(f32x4.pmin(z, limit), f32x4.neg(limit));
  const square = f32x4.mul(x, x);
  const fourth = f32x4.mul(square, square);
  const p = f32x4.add(
    f32x4.mul(
      f32x4.add(f32x4.mul(v128.load_splat<f32>(c, TANH_NUMERATOR), fourth), line(square, c + TANH_NUMERATOR + 4)),
      f32x4.mul(fourth, fourth),
    ),
    f32x4.add(
      f32x4.mul(line(square, c + TANH_NUMERATOR + 12), fourth),
      line(square, c + TANH_NUMERATOR + 20),
    ),
  );
  const q = f32x4.add(
    f32x4.mul(line(square, c + TANH_DENOMINATOR), fourth),
    line(square, c + TANH_DENOMINATOR + 8),
  );
  return f32x4.div(f32x4.mul(x, p), q);
}

/** a·x + b with a and b from the table; polynomials are sums of such lines (Estrin), of which several run at a time. */
// @ts-ignore: decorator of AssemblyScript
@inline
function line(x: v128, coefficients: usize): v128 {
  return f32x4.add(f32x4.mul(v128.load_splat<f32>(coefficients), x), v128.load_splat<f32>(coefficients, 4));
}

/** 1 / (1 + e⁻ᶻ) */
// @ts-ignore: decorator of AssemblyScript
@inline
function sigmoid(z: v128, c: usize): v128 {
  const one = v128.load_splat<f32>(c, ONE);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(z), c)));
}

/** eˣ = 2ⁿ eʳ with the whole number n nearest to x / ln 2, so that |r| ≤ ½ ln 2. x is kept within what 2ⁿ can show. */
// @ts-ignore: decorator of AssemblyScript
@inline
function exp(argument: v128, c: usize): v128 {
  const smaller = f32x4.pmin(argument, v128.load_splat<f32>(c, EXP_LIMITS));
  const x = f32x4.pmax(smaller, v128.load_splat<f32>(c, EXP_LIMITS + 4));
  // 1.5·2²³ + n has no places left for a fraction, and n in its lowest bits.
  const shifter = v128.load_splat<f32>(c, SHIFTER);
  const shifted = f32x4.add(f32x4.mul(x, v128.load_splat<f32>(c, LOG2_E)), shifter);
  const n = f32x4.sub(shifted, shifter);
  let r = f32x4.sub(x, f32x4.mul(n, v128.load_splat<f32>(c, LN_2)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load_splat<f32>(c, LN_2 + 4)));
  const square = f32x4.mul(r, r);
  const p = f32x4.add(
    f32x4.mul(
      f32x4.add(f32x4.mul(line(r, c + EXP_POLYNOMIAL), square), line(r, c + EXP_POLYNOMIAL + 8)),
      square,
    ),
    line(r, c + EXP_POLYNOMIAL + 16),
  );
  const power = f32x4.add(f32x4.add(f32x4.mul(p, square), r), v128.load_splat<f32>(c, ONE));
  // Adding n to the exponent's bits multiplies by 2ⁿ.
  return i32x4.add(power, i32x4.shl(shifted, 23));
}
