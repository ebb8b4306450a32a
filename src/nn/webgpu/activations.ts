import type { Activation } from "../../policy/network.js";

/** WGSL expressions of f(z). */
export const activationCode: Record<Activation | "linear", string> = {
  linear: "z",
  // Far out, where some devices' tanh overflows, it is ±1; what is not a number stays so.
  tanh: "hyperbolicTangent(z)",
  relu: "select(z, 0.0, z < 0.0)",
  elu: "select(exp(z) - 1.0, z, z > 0.0)",
  swish: "z / (1.0 + exp(-z))",
};

/** WGSL expressions of f′(z), from y = f(z), but of swish from z. */
export const slopeCode: Record<Activation, string> = {
  tanh: "1.0 - y * y",
  relu: "select(0.0, 1.0, y > 0.0)",
  elu: "select(y + 1.0, 1.0, y > 0.0)",
  swish: "swishSlope(y)",
};

/** The functions that these call. */
export const activationFunctions = `
fn hyperbolicTangent(z: f32) -> f32 {
  if (abs(z) > 15.0) { return sign(z); }
  return tanh(z);
}
fn swishSlope(z: f32) -> f32 {
  let s = 1.0 / (1.0 + exp(-z));
  return s * (1.0 + z * (1.0 - s));
}`;
