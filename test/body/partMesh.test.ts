import type { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPartMesh } from "../../src/body/partMesh.js";
import type { PartSpec, ShapeSpec } from "../../src/body/spec.js";
import { createHeadlessScene } from "../../src/env/headless.js";

describe("createPartMesh", () => {
  let scene: Scene;
  beforeEach(() => {
    scene = createHeadlessScene();
  });
  afterEach(() => scene.getEngine().dispose());

  const draw = (name: string, shape: ShapeSpec) => {
    const part: PartSpec = { name, shape, mass: 1 };
    const node = new TransformNode(name, scene);
    createPartMesh(part, node, scene);
    const [mesh] = node.getChildMeshes();
    mesh!.computeWorldMatrix(true);
    return { node, mesh: mesh!, box: mesh!.getBoundingInfo().boundingBox };
  };
  const near = (actual: Vector3, x: number, y: number, z: number) => {
    expect(Vector3.Distance(actual, new Vector3(x, y, z))).toBeLessThan(1e-5);
  };

  it("lays a capsule along its axis, caps included, about the node", () => {
    // 1 m along z with caps of 0.25 m: 0.5 × 0.5 × 1.5 m, whatever its place in the drawing.
    const { box } = draw("foot", { kind: "capsule", from: [3, 2, 0], to: [3, 2, 1], radius: 0.25 });
    near(box.minimumWorld, -0.25, -0.25, -0.75);
    near(box.maximumWorld, 0.25, 0.25, 0.75);
  });

  it("gives a box its size and its turn", () => {
    const { box } = draw("torso", { kind: "box", center: [0, 1, 0], size: [0.2, 0.4, 0.8] });
    near(box.maximumWorld, 0.1, 0.2, 0.4);
    // A quarter turn about x takes y to z and z to −y.
    const half = Math.SQRT1_2;
    const turned = draw("hip", { kind: "box", center: [0, 1, 0], size: [0.2, 0.4, 0.8], rotation: [half, 0, 0, half] });
    near(turned.box.maximumWorld, 0.1, 0.4, 0.2);
  });

  it("gives a sphere its radius", () => {
    const { box } = draw("ball", { kind: "sphere", center: [0, 1, 0], radius: 0.3 });
    near(box.maximumWorld, 0.3, 0.3, 0.3);
  });

  it("shares a colour between parts of one name and gives other names other colours", () => {
    const ball: ShapeSpec = { kind: "sphere", center: [0, 0, 0], radius: 0.1 };
    const [thigh, leg, otherThigh] = ["thigh", "leg", "thigh"].map(
      (name) => draw(name, ball).mesh.material as StandardMaterial,
    );
    expect(otherThigh).toBe(thigh);
    expect(leg!.diffuseColor.equals(thigh!.diffuseColor)).toBe(false);
  });

  it("goes with its node", () => {
    const { node } = draw("ball", { kind: "sphere", center: [0, 0, 0], radius: 0.1 });
    node.dispose();
    expect(scene.meshes).toHaveLength(0);
  });
});
