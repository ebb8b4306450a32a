import type { MainModule, MjData, MjModel } from "@mujoco/mujoco";
import { shapeCenter } from "../../body/massProperties.js";
import { standingPose, startJointValues } from "../../body/pose.js";
import type { Random } from "../../random.js";
import type { GymnasiumBody } from "./gymnasiumBodies.js";
import { bodyToMjcf, type Integrator } from "./mjcf.js";

/** MuJoCo's WebAssembly build on one thread; null where the package is not installed. */
export async function loadMujocoAsync(): Promise<MainModule | null> {
  try {
    const { default: createModule } = await import("@mujoco/mujoco");
    return await createModule();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

/** One body in MuJoCo on flat ground, driven at random. */
export class MujocoBody {
  readonly model: MjModel;
  readonly data: MjData;

  constructor(
    private readonly mujoco: MainModule,
    private readonly body: GymnasiumBody,
    integrator: Integrator,
  ) {
    this.model = mujoco.MjModel.from_xml_string(bodyToMjcf(body.spec, { ...body.mujoco, integrator }));
    this.data = new mujoco.MjData(this.model);
  }

  /** The body's start pose, at rest on the ground. */
  reset(): void {
    const { mujoco, model, data } = this;
    const { spec } = this.body;
    mujoco.mj_resetData(model, data);
    const joints = startJointValues(spec);
    const height = standingPose(spec, joints).position[1];
    const values: Float64Array = data.qpos;
    // A free root begins with x, y, z; a planar one counts its height from where it is drawn.
    if (spec.root.kind === "free") values[2] = height;
    else values[1] = height - shapeCenter(spec.parts[0]!.shape)[1];
    values.set(joints, values.length - joints.length);
  }

  /** Simulated seconds per second over so many of them, from the start pose. */
  speed(seconds: number, random: Random): number {
    const { mujoco, model, data } = this;
    const { frameSkip, mujoco: settings } = this.body;
    const steps = Math.round(seconds / settings.timestep);
    this.reset();
    const start = performance.now();
    for (let step = 0; step < steps; step++) {
      if (step % frameSkip === 0) {
        // Asked for anew each time, because MuJoCo's memory may have moved.
        const controls: Float64Array = data.ctrl;
        for (let i = 0; i < controls.length; i++) controls[i] = random.uniform(-1, 1);
      }
      mujoco.mj_step(model, data);
    }
    return (steps * settings.timestep * 1000) / (performance.now() - start);
  }

  dispose(): void {
    this.data.delete();
    this.model.delete();
  }
}
