import { jointAxes } from "../../body/kinematics.js";
import { shapeCenter } from "../../body/massProperties.js";
import type { BodySpec, JointSpec, PartSpec, Vec3 } from "../../body/spec.js";
import { subtract } from "../../body/vector.js";

export const INTEGRATORS = ["RK4", "Euler"] as const;
export type Integrator = (typeof INTEGRATORS)[number];

/** What Gymnasium's model of a body has that a {@link BodySpec} does not, or not alike. */
export interface MujocoSettings {
  /** s */
  readonly timestep: number;
  readonly integrator: Integrator;
  /** Torque of a full action on every joint, N·m. */
  readonly gear: number;
  /** Rotor inertia of every joint, kg·m². */
  readonly armature: number;
  /** N·m·s/rad of every joint. */
  readonly damping: number;
  readonly groundFriction: number;
}

/**
 * A body as a MuJoCo model: the same shapes, masses, anchors, axes, limits and friction, and a motor on each joint whose
 * control is −1 … 1. Parts collide with the ground and not with each other. Hinges only, on a free or planar root.
 *
 * MuJoCo's frame is right-handed with z up; x is forward, so Babylon's x, y, z become −y, z, x.
 */
export function bodyToMjcf(spec: BodySpec, settings: MujocoSettings): string {
  const { timestep, integrator, gear, armature, damping, groundFriction } = settings;
  const motors = spec.joints.map(({ name }) => `<motor joint="${name}" gear="${gear}"/>`);
  return `<mujoco model="${spec.name}">
<compiler angle="radian" autolimits="true"/>
<option timestep="${timestep}" integrator="${integrator}" gravity="0 0 -9.81"/>
<default>
<geom contype="1" conaffinity="0" condim="3"/>
<joint armature="${armature}" damping="${damping}"/>
<motor ctrllimited="true" ctrlrange="-1 1"/>
</default>
<worldbody>
<geom type="plane" size="0 0 1" contype="0" conaffinity="1" friction="${friction(groundFriction)}"/>
${bodyElement(spec, spec.parts[0]!, null)}
</worldbody>
<actuator>
${motors.join("\n")}
</actuator>
</mujoco>`;
}

/** The part with everything that hangs on it. Its own frame has the drawing's axes and sits at the part's centre. */
function bodyElement(spec: BodySpec, part: PartSpec, parent: { part: PartSpec; joint: JointSpec } | null): string {
  const center = shapeCenter(part.shape);
  const position = parent ? subtract(center, shapeCenter(parent.part.shape)) : center;
  const children = spec.joints
    .filter((joint) => joint.parent === part.name)
    .map((joint) => {
      const child = spec.parts.find(({ name }) => name === joint.child)!;
      return bodyElement(spec, child, { part, joint });
    });
  const joints = parent ? hingeElement(parent.joint, center) : rootElements(spec);
  return `<body name="${part.name}" pos="${vector(position)}">
${[joints, shapeElements(part), ...children].join("\n")}
</body>`;
}

function rootElements({ root }: BodySpec): string {
  if (root.kind === "free") return "<freejoint/>";
  if (root.kind === "fixed") return "";
  const free = 'armature="0" damping="0"';
  const forward: Vec3 = [-root.normal[2], 0, root.normal[0]];
  return [
    `<joint type="slide" axis="${vector(forward)}" ${free}/>`,
    `<joint type="slide" axis="${vector([0, 1, 0])}" ${free}/>`,
    `<joint type="hinge" axis="${axialVector(root.normal)}" ${free}/>`,
  ].join("\n");
}

function hingeElement(joint: JointSpec, center: Vec3): string {
  if (joint.kind !== "hinge") throw new Error(`Joint "${joint.name}" is ${joint.kind}; only hinges can be written.`);
  const limit = joint.limits?.[0];
  const range = limit ? ` range="${limit.join(" ")}"` : "";
  const anchor = vector(subtract(joint.anchor, center));
  return `<joint name="${joint.name}" type="hinge" pos="${anchor}" axis="${axialVector(jointAxes(joint)[0])}"${range}/>`;
}

/**
 * Mass and collisions; MuJoCo works the moments of a solid shape out itself. The part's armature is left out, because it
 * stands in for that of MuJoCo's joints.
 */
function shapeElements({ name, shape, mass, inertia, friction: slide = 0.8 }: PartSpec): string {
  const surface = `mass="${mass}" friction="${friction(slide)}"`;
  if (shape.kind === "capsule" && !inertia) {
    const center = shapeCenter(shape);
    const ends = [shape.from, shape.to].map((end) => vector(subtract(end, center))).join(" ");
    return `<geom type="capsule" fromto="${ends}" size="${shape.radius}" ${surface}/>`;
  }
  if (shape.kind !== "sphere") throw new Error(`Part "${name}": only solid capsules and spheres can be written.`);
  const geom = `<geom type="sphere" size="${shape.radius}" ${surface}/>`;
  if (!inertia) return geom;
  const [x, y, z] = inertia;
  return `<inertial pos="0 0 0" mass="${mass}" diaginertia="${z} ${x} ${y}"/>\n${geom}`;
}

const friction = (slide: number) => `${slide} 0.005 0.0001`;
const vector = ([x, y, z]: Vec3) => [z, -x, y].join(" ");
/** Axes of rotations change their sign between a left-handed and a right-handed frame. */
const axialVector = ([x, y, z]: Vec3) => [-z, x, -y].join(" ");
