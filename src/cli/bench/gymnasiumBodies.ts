import { antBody } from "../../../scenes/ant/body.js";
import { hopper } from "../../../scenes/hopper/character.js";
import { walker2dBody } from "../../../scenes/walker2d/body.js";
import type { BodySpec } from "../../body/spec.js";
import type { PhysicsClock } from "../../body/world.js";
import type { MujocoSettings } from "./mjcf.js";

/** A body that exists in Gymnasium too, with the clock of each side. */
export interface GymnasiumBody {
  readonly spec: BodySpec;
  readonly clock: PhysicsClock;
  /** Physics steps of ours between two actions. */
  readonly decisionPeriod: number;
  /** Gymnasium's model (`hopper.xml`, `walker2d_v5.xml`, `ant.xml`); its own integrator is RK4. */
  readonly mujoco: Omit<MujocoSettings, "integrator">;
  /** MuJoCo's steps between two actions. */
  readonly frameSkip: number;
}

export const GYMNASIUM_BODIES: Readonly<Record<string, GymnasiumBody>> = {
  hopper: {
    spec: hopper.body,
    clock: hopper.clock,
    decisionPeriod: hopper.decisionPeriod,
    mujoco: { timestep: 0.002, gear: 200, armature: 1, damping: 1, groundFriction: 1 },
    frameSkip: 4,
  },
  walker2d: {
    spec: walker2dBody,
    clock: { physicsDt: 1 / 120, microsteps: 4 },
    decisionPeriod: 2,
    mujoco: { timestep: 0.002, gear: 100, armature: 0.01, damping: 0.1, groundFriction: 0.7 },
    frameSkip: 4,
  },
  ant: {
    spec: antBody,
    clock: { physicsDt: 1 / 60, microsteps: 8 },
    decisionPeriod: 3,
    mujoco: { timestep: 0.01, gear: 150, armature: 1, damping: 1, groundFriction: 1 },
    frameSkip: 5,
  },
};
