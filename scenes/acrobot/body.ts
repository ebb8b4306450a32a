import type { BodySpec, PartSpec } from "../../src/body/spec.js";

// Two links of 1 m and 1 kg that hang from a fixed point, as in Gymnasium's Acrobot, but of real thickness. It is drawn
// hanging. Only the elbow is driven, with 5 N·m (Gymnasium: 1 N·m), because this engine's joints lose some energy.
const HEIGHT = 3;
const RADIUS = 0.05;
const MAX_TORQUE = 5;

const link = (name: string, top: number): PartSpec => ({
  name,
  shape: { kind: "capsule", from: [0, top, 0], to: [0, top - 1, 0], radius: RADIUS },
  mass: 1,
  angularDamping: 0,
});

export const acrobotBody: BodySpec = {
  name: "acrobot",
  root: { kind: "fixed" },
  parts: [
    { name: "mount", shape: { kind: "sphere", center: [0, HEIGHT, 0], radius: RADIUS }, mass: 1 },
    link("upper", HEIGHT),
    link("lower", HEIGHT - 1),
  ],
  joints: [
    { name: "shoulder", kind: "hinge", parent: "mount", child: "upper", anchor: [0, HEIGHT, 0], axis: [1, 0, 0] },
    {
      name: "elbow",
      kind: "hinge",
      parent: "upper",
      child: "lower",
      anchor: [0, HEIGHT - 1, 0],
      axis: [1, 0, 0],
      drives: [{ kind: "torque", maxTorque: MAX_TORQUE }],
    },
  ],
};
