/** out[j] = Σ_i x[i][j]. @param x `[rows, columns]` @param out `[columns]` */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * 4;
  let j = 0;
  for (; j <= columns - 16; j += 16, x += 64, out += 64) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let i = 0, at = x; i < rows; i++, at += stride) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  for (; j < columns; j++, x += 4, out += 4) {
    let sum: f32 = 0;
    for (let i = 0, at = x; i < rows; i++, at += stride) sum += load<f32>(at);
    store<f32>(out, sum);
  }
}

/** Σ x², in double precision. @param x `[size]` */
export function sumSquares(x: usize, size: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let i = 0;
  for (; i < (size & ~3); i += 4, x += 16) {
    const four = v128.load(x);
    const first = f64x2.promote_low_f32x4(four);
    const second = f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; i < size; i++, x += 4) {
    const value = <f64>load<f32>(x);
    sum += value * value;
  }
  return sum;
}
