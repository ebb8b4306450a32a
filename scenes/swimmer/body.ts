import type { BodySpec, JointSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses, joint ranges, gears and fluid of Gymnasium's Swimmer (`swimmer.xml`, v5), in Babylon's frame: three
// links in a level plane that swim along +z. The rotor inertia of 0.1 kg·m² is small beside a link's 3.9.
const ARMATURE = 0.1;
const MAX_TORQUE = 150;
const RANGE = (100 * Math.PI) / 180;
/** Of the plane above the ground, m; nothing touches. */
const HEIGHT = 0.5;

const link = (name: string, front: number, back: number): PartSpec => ({
  name,
  shape: { kind: "capsule", from: [0, HEIGHT, front], to: [0, HEIGHT, back], radius: 0.1 },
  mass: 35.6047,
  armature: ARMATURE,
  angularDamping: 0,
});

const AXIS: Vec3 = [0, 1, 0];

const hinge = (child: string, parent: string, z: number): JointSpec => ({
  name: child,
  kind: "hinge",
  parent,
  child,
  anchor: [0, HEIGHT, z],
  axis: AXIS,
  limits: [[-RANGE, RANGE]],
  drives: [{ kind: "torque", maxTorque: MAX_TORQUE }],
});

export const swimmerBody: BodySpec = {
  name: "swimmer",
  root: { kind: "planar", normal: AXIS },
  fluid: { density: 4000, viscosity: 0.1 },
  parts: [link("front", 1.5, 0.5), link("middle", 0.5, -0.5), link("back", -0.5, -1.5)],
  joints: [hinge("middle", "front", 0.5), hinge("back", "middle", -0.5)],
};
