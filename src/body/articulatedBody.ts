import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { Physics6DoFConstraint } from "@babylonjs/core/Physics/v2/physicsConstraint.js";
import type { PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { configureAxes } from "./constraintAxes.js";
import { type Drive, DriveBank } from "./drives.js";
import type { BodyHandle, ConstraintHandle } from "./engineCalls.js";
import { FluidForces } from "./fluid.js";
import { hashBody } from "./hash.js";
import { jointReadingsOf, type PartArrays, readJoints } from "./jointState.js";
import { jointAxes, type Kinematics, kinematicsOf } from "./kinematics.js";
import { partInertia, shapeCenter, shapeRotation } from "./massProperties.js";
import { collisionBitOf, createPartShape, DEFAULT_FRICTION } from "./partShape.js";
import { forwardKinematics, type PartState, type Pose, standingPose, startJointValues } from "./pose.js";
import { resized } from "./resize.js";
import {
  type BodySpec,
  degreesOfFreedom,
  type JointSpec,
  jointLimits,
  type LimitSpec,
  type PartSpec,
  partIndexOf,
  type Vec3,
} from "./spec.js";
import { validateBody } from "./validate.js";
import { add, axisAngle, dot, normalize, perpendicular, rotate, scale, subtract } from "./vector.js";
import type { PhysicsWorld } from "./world.js";

/** Makes what is seen of a part, as a child of `node`; see `createPartMesh`. */
export type PartMeshFactory = (part: PartSpec, node: TransformNode, scene: Scene) => void;

export interface ArticulatedBodyOptions {
  /** Point of the ground where the body starts. Default the origin. */
  readonly ground?: Vec3;
  /** Turn about the vertical at the start, rad. Default 0. */
  readonly yaw?: number;
  /** Number of this body among those in the world; bodies never collide with each other, whatever their number. */
  readonly index?: number;
  /** Draws the parts. Without it the body is invisible, which training wants. */
  readonly meshes?: PartMeshFactory;
}

/**
 * A {@link BodySpec} built into a world: Babylon physics bodies and 6DoF constraints, and their state as typed arrays.
 *
 * The arrays are filled by `readState` and by `reset`, and belong to the body; read them, do not keep copies of views.
 */
export class ArticulatedBody implements PartArrays {
  readonly hash: string;
  readonly positions: Float32Array;
  readonly rotations: Float32Array;
  readonly linearVelocities: Float32Array;
  readonly angularVelocities: Float32Array;
  /** `[degrees of freedom]`, rad or m, in the convention of limits and drives. */
  readonly jointValues: Float32Array;
  /** `[degrees of freedom]`, rad/s or m/s. */
  readonly jointRates: Float32Array;
  /** `[parts]`, 1 while the part touches something; kept up by the world after `watchContacts`; see `ContactTarget`. */
  readonly contacts: Uint8Array;
  /** `[parts]`, N */
  readonly contactForces: Float32Array;
  /** `[degrees of freedom]`: the start pose, and the limits (null where free). */
  readonly startValues: readonly number[];
  readonly limits: readonly (LimitSpec | null)[];
  /** One per degree of freedom; null where the joint is passive. */
  readonly drives: readonly (Drive | null)[];
  /** The same drives, for those who go through all of them. */
  readonly driveBank: DriveBank;
  /** Babylon's bodies, one per part. */
  readonly bodies: readonly PhysicsBody[];
  /** Havok's own handles of the bodies. */
  readonly handles: readonly BodyHandle[];
  readonly ground: Vec3;
  readonly yaw: number;
  /** Unit normal of the plane in which a planar body lives, in the world; null for others. */
  readonly planeNormal: Vec3 | null;
  /** The collision bit of this body's parts; see `filterMembershipMask`. */
  readonly collisionBit: number;

  private readonly constraints: Physics6DoFConstraint[] = [];
  /** Of the joints, in their order. */
  private readonly jointHandles: ConstraintHandle[] = [];
  private readonly shapes: PhysicsShape[] = [];
  private readonly anchor: PhysicsBody | null;
  private kinematics: Kinematics;
  private joints: ReturnType<typeof jointReadingsOf>;
  private current: BodySpec;
  private factor = 1;
  private readonly watched: number[] = [];
  private readonly fluid: FluidForces | null;

  /** @throws InputError when the specification is wrong; nothing is built then. */
  constructor(
    readonly world: PhysicsWorld,
    private readonly specified: BodySpec,
    options: ArticulatedBodyOptions = {},
  ) {
    const spec = specified;
    validateBody(spec);
    this.current = spec;
    this.hash = hashBody(spec);
    this.startValues = startJointValues(spec);
    this.limits = jointLimits(spec);
    this.ground = options.ground ?? [0, 0, 0];
    this.yaw = options.yaw ?? 0;
    this.planeNormal =
      spec.root.kind === "planar" ? rotate(axisAngle([0, 1, 0], this.yaw), normalize(spec.root.normal)) : null;
    this.collisionBit = collisionBitOf(options.index ?? 0);
    const count = spec.parts.length;
    this.positions = new Float32Array(count * 3);
    this.rotations = new Float32Array(count * 4);
    this.linearVelocities = new Float32Array(count * 3);
    this.angularVelocities = new Float32Array(count * 3);
    this.contacts = new Uint8Array(count);
    this.contactForces = new Float32Array(count);
    this.jointValues = new Float32Array(degreesOfFreedom(spec));
    this.jointRates = new Float32Array(degreesOfFreedom(spec));
    this.kinematics = kinematicsOf(spec);
    this.joints = jointReadingsOf(spec);

    const start = forwardKinematics(spec, this.startPose());
    this.bodies = spec.parts.map((part, i) => this.buildPart(part, start[i]!, options));
    this.handles = this.bodies.map((body) => body._pluginData.hpBodyId);
    // A motor's new target does not wake a sleeping body.
    const { ActivationControl } = world.havok;
    for (const handle of this.handles)
      world.havok.HP_Body_SetActivationControl(handle, ActivationControl.ALWAYS_ACTIVE);
    this.anchor = this.holdRoot();
    this.buildJoints();
    this.driveBank = new DriveBank(world.havok, world.calls, spec, this.jointHandles);
    this.drives = this.driveBank.drives;
    this.fluid = spec.fluid ? new FluidForces(this, spec.fluid) : null;
    if (this.fluid) world.forces.add(this.fluid);
    world.state.refresh();
    this.reset(this.startPose());
  }

  /** The body as it is now: as specified, or larger or smaller. */
  get spec(): BodySpec {
    return this.current;
  }

  /** Its lengths as a factor of what is specified. */
  get size(): number {
    return this.factor;
  }

  partIndex(name: string): number {
    return partIndexOf(this.spec, name);
  }

  /** Height of a part's centre above the ground below it, m. */
  heightAbove(part: number): number {
    const i = part * 3;
    const ground = this.world.heightAt?.(this.positions[i]!, this.positions[i + 2]!) ?? this.ground[1];
    return this.positions[i + 1]! - ground;
  }

  /** The pose in which episodes begin, on the ground at the body's own place. */
  startPose(): Pose {
    return standingPose(this.spec, this.startValues, { ground: this.ground, yaw: this.yaw });
  }

  /** Lets the world note contacts of these parts after each step. */
  watchContacts(parts: readonly number[]): void {
    for (const part of parts) {
      if (this.watched.includes(part)) continue;
      this.watched.push(part);
      this.world.contacts.watch(this.handles[part]!, this, part);
    }
  }

  /** Reads transforms, velocities and joints from the engine. Call it once after the steps of a decision. */
  readState(): void {
    this.world.state.read(this);
    readJoints(this.joints, this, this.jointValues, this.jointRates);
  }

  /**
   * Puts the body into a pose as if it had just been built: a rollout from here is bitwise equal to the first one.
   *
   * Taking the parts out of the world in reverse order and adding them in order restores the engine's internal order
   * and clears its memory of contacts and joint impulses; setting transforms alone does not. They must be placed while
   * they are out: the engine remembers where a part was before it was moved inside of the world.
   */
  reset(pose: Pose): void {
    const { calls, plugin } = this.world;
    const { handles, drives } = this;
    const start = this.kinematics.place(pose);
    for (let part = handles.length - 1; part >= 0; part--) calls.removeBody(plugin.world, handles[part]!);
    for (let part = 0; part < handles.length; part++) {
      calls.setState(handles[part]!, start, part);
      calls.addBody(plugin.world, handles[part]!);
    }
    for (let i = 0; i < this.positions.length; i++) {
      this.positions[i] = start.positions[i]!;
      this.linearVelocities[i] = start.linearVelocities[i]!;
      this.angularVelocities[i] = start.angularVelocities[i]!;
    }
    // Of the two quaternions of a rotation the one with w ≥ 0, as `readState` gives it.
    for (let i = 0; i < this.rotations.length; i++) {
      this.rotations[i] = start.rotations[i | 3]! < 0 ? -start.rotations[i]! : start.rotations[i]!;
    }
    this.contacts.fill(0);
    this.contactForces.fill(0);
    readJoints(this.joints, this, this.jointValues, this.jointRates);
    for (let i = 0; i < drives.length; i++) drives[i]?.rest(this.jointValues[i]!);
  }

  /** Gives a part a push, N·s in the world frame, at its centre. */
  applyImpulse(part: number, impulse: Vec3): void {
    const i = part * 3;
    const at: [number, number, number] = [this.positions[i]!, this.positions[i + 1]!, this.positions[i + 2]!];
    this.world.havok.HP_Body_ApplyImpulse(this.handles[part]!, at, [...impulse]);
  }

  /** Makes the body larger or smaller by this factor of what is specified; its masses stay. Put it into a pose after it. */
  scaleSize(factor: number): void {
    if (factor === this.factor) return;
    this.factor = factor;
    const spec = factor === 1 ? this.specified : resized(this.specified, factor);
    this.current = spec;
    this.kinematics = kinematicsOf(spec);
    this.joints = jointReadingsOf(spec);
    this.bodies.forEach((body, part) => {
      const old = this.shapes[part]!;
      this.shapes[part] = this.giveShape(body, spec.parts[part]!);
      old.dispose();
      this.setMass(body, spec.parts[part]!, 1);
      body.transformNode.scaling.setAll(factor);
    });
    const { havok } = this.world;
    spec.joints.forEach((joint, i) => {
      const { pivotA, pivotB, x, y } = this.anchorsOf(joint);
      havok.HP_Constraint_SetAnchorInParent(this.jointHandles[i]!, [...pivotA], [...x], [...y]);
      havok.HP_Constraint_SetAnchorInChild(this.jointHandles[i]!, [...pivotB], [...x], [...y]);
    });
  }

  /** Makes a part heavier or lighter by this factor of what is specified; its moments of inertia go with it. */
  scaleMass(part: number, factor: number): void {
    this.setMass(this.bodies[part]!, this.spec.parts[part]!, factor);
  }

  /** Changes a part's friction by this factor of what is specified. */
  scaleFriction(part: number, factor: number): void {
    const shape = this.shapes[part]!;
    const { friction = DEFAULT_FRICTION } = this.spec.parts[part]!;
    shape.material = { ...shape.material, friction: factor * friction };
  }

  dispose(): void {
    if (this.fluid) this.world.forces.delete(this.fluid);
    for (const part of this.watched) this.world.contacts.unwatch(this.handles[part]!);
    this.driveBank.dispose();
    for (const constraint of this.constraints) constraint.dispose();
    for (const body of [...this.bodies, ...(this.anchor ? [this.anchor] : [])]) {
      const { transformNode } = body;
      body.dispose();
      transformNode.dispose();
    }
    for (const shape of this.shapes) shape.dispose();
    this.world.state.refresh();
  }

  private buildPart(part: PartSpec, start: PartState, options: ArticulatedBodyOptions): PhysicsBody {
    const { scene } = this.world;
    const node = new TransformNode(part.name, scene);
    node.position.set(...start.position);
    node.rotationQuaternion = new Quaternion(...start.rotation);
    // A fixed root is part of the world; hung on it by a joint, a light one would give way under its children.
    const fixed = this.spec.root.kind === "fixed" && part === this.spec.parts[0];
    const body = new PhysicsBody(node, fixed ? PhysicsMotionType.STATIC : PhysicsMotionType.DYNAMIC, false, scene);
    body.disableSync = false;
    this.world.parts.add(body);
    this.shapes.push(this.giveShape(body, part));
    this.setMass(body, part, 1);
    body.setLinearDamping(part.linearDamping ?? 0);
    body.setAngularDamping(part.angularDamping ?? 0.05);
    options.meshes?.(part, node, scene);
    return body;
  }

  private giveShape(body: PhysicsBody, part: PartSpec): PhysicsShape {
    const shape = createPartShape(part, this.world.scene, this.collisionBit, this.spec.selfCollision ?? false);
    body.shape = shape;
    return shape;
  }

  private setMass(body: PhysicsBody, part: PartSpec, factor: number): void {
    // Havok wants moments per unit of mass, which a factor on both leaves as they are.
    const [ix, iy, iz] = partInertia(part);
    body.setMassProperties({
      mass: factor * part.mass,
      centerOfMass: Vector3.Zero(),
      inertia: new Vector3(ix / part.mass, iy / part.mass, iz / part.mass),
      inertiaOrientation: new Quaternion(...shapeRotation(part.shape)),
    });
  }

  /** A planar root hangs on a body of the world that never moves. */
  private holdRoot(): PhysicsBody | null {
    const { root } = this.spec;
    if (root.kind !== "planar") return null;
    const node = new TransformNode(`${this.spec.name}-anchor`, this.world.scene);
    // Of the root's start only what the plane holds counts.
    const start = subtract(this.startPose().position, this.ground);
    const unit = this.planeNormal!;
    node.position.set(...add(this.ground, scale(unit, dot(start, unit))));
    node.rotationQuaternion = new Quaternion(...axisAngle([0, 1, 0], this.yaw));
    const anchor = new PhysicsBody(node, PhysicsMotionType.STATIC, false, this.world.scene);
    this.world.parts.add(anchor);
    const normal = normalize(root.normal);
    const constraint = this.connect(anchor, this.bodies[0]!, [0, 0, 0], [0, 0, 0], normal, perpendicular(normal));
    const { ConstraintAxis, ConstraintAxisLimitMode } = this.world.havok;
    for (const axis of [ConstraintAxis.LINEAR_X, ConstraintAxis.ANGULAR_Y, ConstraintAxis.ANGULAR_Z]) {
      this.world.havok.HP_Constraint_SetAxisMode(constraint, axis, ConstraintAxisLimitMode.LOCKED);
    }
    return anchor;
  }

  private buildJoints(): void {
    for (const joint of this.spec.joints) {
      const { parent, child, pivotA, pivotB, x, y } = this.anchorsOf(joint);
      const constraint = this.connect(this.bodies[parent]!, this.bodies[child]!, pivotA, pivotB, x, y);
      this.jointHandles.push(constraint);
      configureAxes(this.world.havok, constraint, joint.kind, joint.limits);
    }
  }

  /** Numbers of a joint's parts, where it is in the frame of each, m, and its axes. */
  private anchorsOf(joint: JointSpec) {
    const parent = this.partIndex(joint.parent);
    const child = this.partIndex(joint.child);
    const { parts } = this.spec;
    const [x, y] = jointAxes(joint);
    return {
      parent,
      child,
      pivotA: subtract(joint.anchor, shapeCenter(parts[parent]!.shape)),
      pivotB: subtract(joint.anchor, shapeCenter(parts[child]!.shape)),
      x,
      y,
    };
  }

  private connect(a: PhysicsBody, b: PhysicsBody, pivotA: Vec3, pivotB: Vec3, x: Vec3, y: Vec3): ConstraintHandle {
    const constraint = new Physics6DoFConstraint(
      {
        pivotA: new Vector3(...pivotA),
        pivotB: new Vector3(...pivotB),
        axisA: new Vector3(...x),
        axisB: new Vector3(...x),
        perpAxisA: new Vector3(...y),
        perpAxisB: new Vector3(...y),
        collision: false,
      },
      [],
      this.world.scene,
    );
    a.addConstraint(b, constraint);
    this.constraints.push(constraint);
    return constraint._pluginData[0];
  }
}
