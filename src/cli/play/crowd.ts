import type { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { Academy } from "../../agent/academy.js";
import type { HeightMap } from "../../body/ground.js";
import { createPartMesh } from "../../body/partMesh.js";
import type { BodySpec } from "../../body/spec.js";
import { PhysicsWorld } from "../../body/world.js";
import { type CheckedModel, checkModel, checkModelScene, sensorsOf } from "../../inference/compatibility.js";
import type { Policy } from "../../policy/policy.js";
import { Random } from "../../random.js";
import { resolveParameters } from "../../task/resolve.js";
import type { SceneDefinition } from "../../task/scene.js";
import { layGround } from "../../task/terrain.js";
import { bodyExtent } from "./bodyExtent.js";
import { PlayAgent } from "./playAgent.js";

export interface CrowdOptions {
  readonly agents: number;
  readonly seed: number;
  /** Without it the characters keep still: zero action. */
  readonly model: (Policy & CheckedModel) | null;
}

/** Distance from the origin at which everybody begins anew, m; the ground and single precision have an end. */
const TURN_BACK = 1500;
/** Edge of uneven ground, m. */
export const TERRAIN_SIZE = 100;
const TERRAIN_AREA = {
  minX: -TERRAIN_SIZE / 2,
  maxX: TERRAIN_SIZE / 2,
  minZ: -TERRAIN_SIZE / 2,
  maxZ: TERRAIN_SIZE / 2,
} as const;
/** Characters this far from their places side by side are no group any more, m. */
const APART = 5;
/** Time constant of the mean speed, s. */
const SPEED_MEMORY = 1;

/** A point of the ground, m. */
export interface Place {
  readonly x: number;
  readonly z: number;
}

/** The characters of a scene side by side along x, all going along +z, with their world and their clock. */
export class Crowd {
  readonly world: PhysicsWorld;
  readonly agents: readonly PlayAgent[];
  /** Uneven ground, null where it is flat. */
  readonly terrain: HeightMap | null;
  /** From the first to the last along x, m. */
  readonly width: number;
  /** Simulated seconds since the last reset. */
  seconds = 0;
  /** Mean speed of those that stand, along +z, over about the last second, m/s. */
  forwardSpeed = 0;
  private readonly academy: Academy;
  private readonly physicsDt: number;
  private gathering = false;

  /** @throws InputError when the model does not fit the characters. */
  constructor(definition: SceneDefinition, scene: Scene, havok: HavokPhysicsWithBindings, options: CrowdOptions) {
    const { character, task } = definition;
    if (options.model) checkModelScene(options.model, definition.name);
    this.physicsDt = character.clock.physicsDt;
    this.world = new PhysicsWorld(scene, havok, character.clock, character.gravity);
    this.academy = new Academy(this.world, resolveParameters(task, options.model?.metadata?.parameters));
    this.terrain = layGround(this.world, definition, this.academy.environmentParameters, TERRAIN_AREA);
    const { terrain } = this;
    const seeds = new Random(options.seed);
    const spacing = 1.2 * bodyExtent(character.body)[0] + 0.5;
    this.width = (options.agents - 1) * spacing;
    const follows = canFollow(character.body) && !terrain;
    const agents: PlayAgent[] = [];
    this.agents = agents;
    for (let index = 0; index < options.agents; index++) {
      // The body keeps this very point and starts each episode at it: those who fall begin anew among the others.
      const x = index * spacing - this.width / 2;
      const ground: [number, number, number] = [x, terrain?.(x, 0) ?? 0, 0];
      const agent = new PlayAgent(
        this.world,
        definition,
        {
          random: seeds.split(),
          ground,
          index,
          meshes: createPartMesh,
          ...(options.model ? { model: options.model, sensors: sensorsOf(options.model) } : {}),
        },
        () => {
          ground[2] = follows && !this.gathering ? this.meanZ() : 0;
        },
      );
      this.academy.add(agent);
      agents.push(agent);
    }
    const [first] = agents;
    if (options.model && first) {
      checkModel(options.model, {
        scene: definition.name,
        observations: first.observationBlocks,
        actions: first.actionNames,
        actionSpec: first.actionSpec,
        bodyHash: first.body.hash,
        physicsDt: this.physicsDt,
        controlDt: first.dt,
      });
    }
    this.world.syncNodes();
  }

  /** One physics step, with decisions where they are due. Await it before the next. */
  async stepAsync(): Promise<void> {
    await this.academy.step();
    this.seconds += this.physicsDt;
    const standing = this.agents.filter((agent) => agent.standing);
    if (standing.length > 0) {
      const speed = mean(standing.map(({ body }) => body.linearVelocities[2]!));
      this.forwardSpeed += (speed - this.forwardSpeed) * (this.physicsDt / SPEED_MEMORY);
    }
    if (Math.abs(this.meanZ()) > TURN_BACK) this.gather();
  }

  /** Begins everything anew and clears the counts. */
  reset(): void {
    this.gather();
    this.seconds = 0;
    this.forwardSpeed = 0;
    for (const agent of this.agents) {
      agent.completedEpisodes = 0;
      agent.falls = 0;
    }
    this.world.syncNodes();
  }

  /** Where to look: the middle of those that stand, or, where these have gone apart, at the first of them. */
  focus(): Place {
    const standing = this.agents.filter((agent) => agent.standing);
    const places = (standing.length > 0 ? standing : this.agents).map(({ body }) => {
      return { x: body.positions[0]!, z: body.positions[2]! };
    });
    const middle = { x: mean(places.map(({ x }) => x)), z: mean(places.map(({ z }) => z)) };
    const reach = Math.max(...places.map(({ x, z }) => Math.hypot(x - middle.x, z - middle.z)));
    return reach > this.width / 2 + APART ? places[0]! : middle;
  }

  /** Mean place of those that stand (of all, when nobody does) along +z, m; 0 while there is nobody yet. */
  meanZ(): number {
    const standing = this.agents.filter((agent) => agent.standing);
    const counted = standing.length > 0 ? standing : this.agents;
    return counted.length > 0 ? mean(counted.map(({ body }) => body.positions[2]!)) : 0;
  }

  /** Lets everybody begin anew at the origin. */
  private gather(): void {
    this.gathering = true;
    for (const agent of this.agents) agent.beginEpisode();
    this.gathering = false;
  }
}

/** Whether a body may begin elsewhere along +z than where it was built, which a fixed root or another plane forbids. */
function canFollow({ root }: BodySpec): boolean {
  return root.kind === "free" || (root.kind === "planar" && Math.abs(root.normal[2]) < 1e-6);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
