import { jointAxes } from "./kinematics.js";
import { shapeCenter } from "./massProperties.js";
import { perSpec } from "./perSpec.js";
import { DEGREES_OF_FREEDOM, type JointKind } from "./spec.js";
import { dot, subtract } from "./vector.js";

/** What reading a joint needs, flattened out of the specification once. */
interface JointReading {
  readonly kind: JointKind;
  readonly parent: number;
  readonly child: number;
  /** First degree of freedom. */
  readonly offset: number;
  /** Joint axes X, Y, Z in the drawing, nine numbers. */
  readonly axes: Float64Array;
  /** Distance of the two centres along X in the zero pose; only sliders need it. */
  readonly restDistance: number;
}

/** Typed-array state of all parts of one body; rows belong to parts. */
export interface PartArrays {
  /** `[parts, 3]`, m */
  readonly positions: Float32Array;
  /** `[parts, 4]`, x y z w */
  readonly rotations: Float32Array;
  /** `[parts, 3]`, m/s, of the centre */
  readonly linearVelocities: Float32Array;
  /** `[parts, 3]`, rad/s, world frame */
  readonly angularVelocities: Float32Array;
}

/** How the joints of a specification are read. */
export const jointReadingsOf = perSpec((spec): readonly JointReading[] => {
  const index = new Map(spec.parts.map((part, i) => [part.name, i]));
  let offset = 0;
  return spec.joints.map((joint) => {
    const parent = index.get(joint.parent)!;
    const child = index.get(joint.child)!;
    const axes = jointAxes(joint);
    const reading: JointReading = {
      kind: joint.kind,
      parent,
      child,
      offset,
      axes: Float64Array.from(axes.flat()),
      restDistance: dot(
        subtract(shapeCenter(spec.parts[child]!.shape), shapeCenter(spec.parts[parent]!.shape)),
        axes[0],
      ),
    };
    offset += DEGREES_OF_FREEDOM[joint.kind];
    return reading;
  });
});

/**
 * Joint values and rates from the parts' transforms and velocities, in the convention of limits and motors.
 *
 * With d = conj(q_parent)·q_child the rotation of the child against the parent in the drawing's axes, the same rotation
 * in the joint's frame has the components (d·X, d·Y, d·Z, d.w).
 */
export function readJoints(
  readings: readonly JointReading[],
  parts: PartArrays,
  values: Float32Array,
  rates: Float32Array,
): void {
  for (const joint of readings) {
    if (joint.kind === "hinge") readHinge(joint, parts, values, rates);
    else if (joint.kind === "slider") readSlider(joint, parts, values, rates);
    else if (joint.kind !== "fixed") readSwing(joint, parts, values, rates);
  }
}

function readHinge(joint: JointReading, parts: PartArrays, values: Float32Array, rates: Float32Array): void {
  const { rotations: q, angularVelocities: w } = parts;
  const p = joint.parent * 4;
  const c = joint.child * 4;
  const px = q[p]!,
    py = q[p + 1]!,
    pz = q[p + 2]!,
    pw = q[p + 3]!;
  const cx = q[c]!,
    cy = q[c + 1]!,
    cz = q[c + 2]!,
    cw = q[c + 3]!;
  const ax = joint.axes[0]!,
    ay = joint.axes[1]!,
    az = joint.axes[2]!;
  const dx = pw * cx - px * cw - py * cz + pz * cy;
  const dy = pw * cy - py * cw - pz * cx + px * cz;
  const dz = pw * cz - pz * cw - px * cy + py * cx;
  const dw = pw * cw + px * cx + py * cy + pz * cz;
  let angle = 2 * Math.atan2(dx * ax + dy * ay + dz * az, dw);
  if (angle > Math.PI) angle -= 2 * Math.PI;
  else if (angle < -Math.PI) angle += 2 * Math.PI;
  values[joint.offset] = angle;
  // The axis in the world: rotate by the parent, v + w·t + u×t with t = 2 u×v.
  const tx = 2 * (py * az - pz * ay),
    ty = 2 * (pz * ax - px * az),
    tz = 2 * (px * ay - py * ax);
  const wx = ax + pw * tx + py * tz - pz * ty;
  const wy = ay + pw * ty + pz * tx - px * tz;
  const wz = az + pw * tz + px * ty - py * tx;
  const i = joint.parent * 3;
  const j = joint.child * 3;
  rates[joint.offset] = (w[j]! - w[i]!) * wx + (w[j + 1]! - w[i + 1]!) * wy + (w[j + 2]! - w[i + 2]!) * wz;
}

const local = new Float64Array(3);

/** Rotates v by the conjugate of the part's rotation, then takes its components along the joint's axes. */
function intoJointFrame(joint: JointReading, rotations: Float32Array, x: number, y: number, z: number): void {
  const p = joint.parent * 4;
  const ux = -rotations[p]!,
    uy = -rotations[p + 1]!,
    uz = -rotations[p + 2]!,
    uw = rotations[p + 3]!;
  const tx = 2 * (uy * z - uz * y),
    ty = 2 * (uz * x - ux * z),
    tz = 2 * (ux * y - uy * x);
  const vx = x + uw * tx + uy * tz - uz * ty;
  const vy = y + uw * ty + uz * tx - ux * tz;
  const vz = z + uw * tz + ux * ty - uy * tx;
  const a = joint.axes;
  local[0] = vx * a[0]! + vy * a[1]! + vz * a[2]!;
  local[1] = vx * a[3]! + vy * a[4]! + vz * a[5]!;
  local[2] = vx * a[6]! + vy * a[7]! + vz * a[8]!;
}

function readSwing(joint: JointReading, parts: PartArrays, values: Float32Array, rates: Float32Array): void {
  const { rotations: q, angularVelocities: w } = parts;
  const p = joint.parent * 4;
  const c = joint.child * 4;
  const px = q[p]!,
    py = q[p + 1]!,
    pz = q[p + 2]!,
    pw = q[p + 3]!;
  const cx = q[c]!,
    cy = q[c + 1]!,
    cz = q[c + 2]!,
    cw = q[c + 3]!;
  const dx = pw * cx - px * cw - py * cz + pz * cy;
  const dy = pw * cy - py * cw - pz * cx + px * cz;
  const dz = pw * cz - pz * cw - px * cy + py * cx;
  const dw = pw * cw + px * cx + py * cy + pz * cz;
  const a = joint.axes;
  const x = dx * a[0]! + dy * a[1]! + dz * a[2]!;
  const y = dx * a[3]! + dy * a[4]! + dz * a[5]!;
  const z = dx * a[6]! + dy * a[7]! + dz * a[8]!;
  const i = joint.parent * 3;
  const j = joint.child * 3;
  intoJointFrame(joint, q, w[j]! - w[i]!, w[j + 1]! - w[i + 1]!, w[j + 2]! - w[i + 2]!);
  const wx = local[0]!,
    wy = local[1]!,
    wz = local[2]!;
  const k = joint.offset;
  if (joint.kind === "universal") {
    // R = Ry(b)·Rx(a): the quaternion is (cb·sa, sb·ca, −sb·sa, cb·ca) in half angles.
    const sinHalf = y * dw - z * x; // times cos b/2
    const cosHalf = dw * dw + x * x;
    values[k] = wrap(2 * Math.atan2(x, dw));
    values[k + 1] = wrap(2 * Math.atan2(sinHalf, cosHalf));
    // ω = ḃ·ŷ + ȧ·Ry(b)x̂ with Ry(b)x̂ = (cos b, 0, −sin b)
    const square = sinHalf * sinHalf + cosHalf * cosHalf;
    const cosBeta = square > 0 ? (cosHalf * cosHalf - sinHalf * sinHalf) / square : 1;
    const sinBeta = square > 0 ? (2 * sinHalf * cosHalf) / square : 0;
    rates[k] = wx * cosBeta - wz * sinBeta;
    rates[k + 1] = wy;
    return;
  }
  // R = Rx(a)·Ry(b)·Rz(c): sin b = R₀₂, (sin a, cos a)·cos b = (−R₁₂, R₂₂), (sin c, cos c)·cos b = (−R₀₁, R₀₀)
  const sinBeta = Math.max(-1, Math.min(1, 2 * (x * z + y * dw)));
  const cosBeta = Math.max(1e-3, Math.sqrt(1 - sinBeta * sinBeta));
  const sine = -2 * (y * z - x * dw);
  const cosine = 1 - 2 * (x * x + y * y);
  values[k] = Math.atan2(sine, cosine);
  values[k + 1] = Math.asin(sinBeta);
  values[k + 2] = Math.atan2(-2 * (x * y - z * dw), 1 - 2 * (y * y + z * z));
  // ω = ȧ·x̂ + Rx(a)(ḃ·ŷ + ċ·Ry(b)ẑ); undo Rx(a), then Ry(b)ẑ = (sin b, 0, cos b). At b = ±90° ċ is not defined.
  const cosAlpha = cosine / cosBeta;
  const sinAlpha = sine / cosBeta;
  const rateC = (wz * cosAlpha - wy * sinAlpha) / cosBeta;
  rates[k] = wx - rateC * sinBeta;
  rates[k + 1] = wy * cosAlpha + wz * sinAlpha;
  rates[k + 2] = rateC;
}

function readSlider(joint: JointReading, parts: PartArrays, values: Float32Array, rates: Float32Array): void {
  const { positions: r, rotations: q, linearVelocities: v, angularVelocities: w } = parts;
  const i = joint.parent * 3;
  const j = joint.child * 3;
  const rx = r[j]! - r[i]!,
    ry = r[j + 1]! - r[i + 1]!,
    rz = r[j + 2]! - r[i + 2]!;
  // The parts do not turn against each other, so the distance of their centres along X, less its value in the zero
  // pose, is the joint's value.
  intoJointFrame(joint, q, rx, ry, rz);
  values[joint.offset] = local[0]! - joint.restDistance;
  // Velocity of the child as the turning parent sees it: v_c − v_p − ω × r
  const wx = w[i]!,
    wy = w[i + 1]!,
    wz = w[i + 2]!;
  intoJointFrame(
    joint,
    q,
    v[j]! - v[i]! - (wy * rz - wz * ry),
    v[j + 1]! - v[i + 1]! - (wz * rx - wx * rz),
    v[j + 2]! - v[i + 2]! - (wx * ry - wy * rx),
  );
  rates[joint.offset] = local[0]!;
}

function wrap(angle: number): number {
  if (angle > Math.PI) return angle - 2 * Math.PI;
  return angle < -Math.PI ? angle + 2 * Math.PI : angle;
}
