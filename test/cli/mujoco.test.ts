import { afterAll, describe, expect, it } from "vitest";
import { walkerBody } from "../../scenes/walker/body.js";
import { forwardKinematics, standingPose, startJointValues } from "../../src/body/pose.js";
import { BodyCrowd } from "../../src/cli/bench/bodyCrowd.js";
import type { BenchLine } from "../../src/cli/bench/compare.js";
import { GYMNASIUM_BODIES } from "../../src/cli/bench/gymnasiumBodies.js";
import { bodyToMjcf } from "../../src/cli/bench/mjcf.js";
import { loadMujocoAsync, MujocoBody } from "../../src/cli/bench/mujoco.js";
import { benchMujoco } from "../../src/cli/bench/mujocoSpeed.js";
import { Random } from "../../src/random.js";
import { legwork } from "../support/commandLine.js";
import { havok, snapshot } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const mujoco = (await loadMujocoAsync())!;
const bodies = Object.entries(GYMNASIUM_BODIES);
const short = { agents: 2, seconds: 0.1, warmUp: 0, blocks: 1 };

describe("bodyToMjcf", () => {
  const models = new Map(bodies.map(([name, body]) => [name, new MujocoBody(mujoco, body, "RK4")]));
  afterAll(() => {
    for (const model of models.values()) model.dispose();
  });

  // Gymnasium's own models, compiled by MuJoCo: kg; degrees of freedom with the root's; rad/s² of the first joint that
  // full torque gives in the zero pose (rotor inertia, gear and the whole chain take part in it).
  it.each([
    ["hopper", 15.82, 6, 184],
    ["walker2d", 23.677, 9, 1211],
    ["ant", 0.911, 14, 147],
  ] as const)("writes a %s that weighs and accelerates as Gymnasium's", (name, mass, freedoms, acceleration) => {
    const { model, data } = models.get(name)!;
    const masses = model.body_mass as Float64Array;
    expect(masses.reduce((sum, each) => sum + each, 0)).toBeCloseTo(mass, 3);
    expect(model.nv).toBe(freedoms);
    const root = freedoms - model.nu;
    const accelerate = (control: number): number => {
      mujoco.mj_resetData(model, data);
      data.ctrl[0] = control;
      mujoco.mj_forward(model, data);
      return data.qacc[root];
    };
    expect(Math.abs(accelerate(1) - accelerate(0) - acceleration)).toBeLessThan(1);
  });

  it.each(bodies)(
    "puts every part of the %s where it stands in ours: x is our z, y our −x, z our y",
    (name, { spec }) => {
      const body = models.get(name)!;
      body.reset();
      mujoco.mj_forward(body.model, body.data);
      const expected = forwardKinematics(spec, standingPose(spec, startJointValues(spec)));
      // The first body is the world.
      expectNear(
        (body.data.xpos as Float64Array).subarray(3),
        expected.flatMap(({ position: [x, y, z] }) => [z, -x, y]),
        1e-6,
      );
    },
  );

  it("refuses what it cannot write", () => {
    const settings = { ...GYMNASIUM_BODIES.ant!.mujoco, integrator: "RK4" } as const;
    expect(() => bodyToMjcf(walkerBody, settings)).toThrow(/^Joint "neck" is universal; only hinges can be written/);
  });
});

describe("BodyCrowd", () => {
  it("moves every body by torques of its own, and begins anew from the start pose", () => {
    const crowd = new BodyCrowd(GYMNASIUM_BODIES.walker2d!, havok, 3);
    const run = () => {
      expect(crowd.speed(0.2, new Random(3))).toBeGreaterThan(0);
      return crowd.bodies.map((body) => snapshot(body));
    };
    const first = run();
    const [a, b] = crowd.bodies.map(({ jointValues }) => [...jointValues]);
    expect(a).not.toEqual(b);
    expect(run()).toEqual(first);
    crowd.dispose();
  });
});

describe("benchMujoco", () => {
  async function collect(bench: Parameters<typeof benchMujoco>[0]): Promise<BenchLine[]> {
    const lines: BenchLine[] = [];
    for await (const line of benchMujoco(bench)) lines.push(line);
    return lines;
  }

  it("gives a line for each body and integrator", async () => {
    const lines = await collect({ ...short, bodies: ["hopper", "ant"], mujoco });
    expect(lines.map(({ name }) => name)).toEqual([
      "mujoco-hopper-rk4",
      "mujoco-hopper-euler",
      "mujoco-ant-rk4",
      "mujoco-ant-euler",
    ]);
    for (const { figure, reference, ratio, unit } of lines) {
      expect(unit).toBe("simulated s/s");
      expect(figure).toBeGreaterThan(0);
      expect(reference).toBeGreaterThan(0);
      expect(ratio).toBe(figure / reference!);
    }
  });

  it("gives its own figure alone where there is no MuJoCo", async () => {
    const [line] = await collect({ ...short, bodies: ["hopper"], mujoco: null });
    expect(line).toMatchObject({ name: "mujoco-hopper-rk4", reference: null, ratio: null });
    expect(line!.figure).toBeGreaterThan(0);
  });
});

describe("legwork bench physics", () => {
  const namesOf = async (...args: string[]) => {
    const { code, stdout } = await legwork("bench", "physics", "--num-agents", "1", "--json", ...args);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    return lines.map((line) => (JSON.parse(line) as BenchLine).name);
  };

  it("with a scene gives the lines of that scene", async () => {
    expect(await namesOf("--scene", "hopper")).toEqual([
      "world-step-hopper",
      "mujoco-hopper-rk4",
      "mujoco-hopper-euler",
    ]);
    expect(await namesOf("--scene", "walker")).toEqual(["world-step-walker"]);
  });

  it("refuses a scene that there is not", async () => {
    const { code, stderr } = await legwork("bench", "physics", "--scene", "nowhere");
    expect(code).toBe(2);
    expect(stderr).toContain('There is no scene "nowhere"; the scenes are hopper, walker');
  });
});
