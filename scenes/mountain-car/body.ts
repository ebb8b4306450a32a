import type { BodySpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// A car of 10 kg in the plane x = 0, driven by its rear wheel: at most 3 N·m, 20 N at its rim.
const RADIUS = 0.15;
const AXLE = 0.25;

const wheel = (name: string, z: number): PartSpec => ({
  name,
  shape: { kind: "sphere", center: [0, RADIUS, z], radius: RADIUS },
  mass: 1,
  friction: 1.5,
  angularDamping: 0,
});

const AXIS: Vec3 = [1, 0, 0];

export const carBody: BodySpec = {
  name: "mountain-car",
  root: { kind: "planar", normal: AXIS },
  parts: [
    { name: "car", shape: { kind: "box", center: [0, 0.22, 0], size: [0.3, 0.12, 0.6] }, mass: 8, angularDamping: 0 },
    wheel("rear", -AXLE),
    wheel("front", AXLE),
  ],
  joints: [
    {
      name: "rear",
      kind: "hinge",
      parent: "car",
      child: "rear",
      anchor: [0, RADIUS, -AXLE],
      axis: AXIS,
      drives: [{ kind: "torque", maxTorque: 3 }],
    },
    { name: "front", kind: "hinge", parent: "car", child: "front", anchor: [0, RADIUS, AXLE], axis: AXIS },
  ],
  feet: ["rear", "front"],
};
