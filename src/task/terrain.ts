import type { EnvironmentParameters } from "../agent/environmentParameters.js";
import { addGround, addUnevenGround, type GroundArea, type HeightMap } from "../body/ground.js";
import type { PhysicsWorld } from "../body/world.js";
import type { SceneDefinition } from "./scene.js";

/**
 * Environment parameters that every scene on flat ground reads: the ground of the world, which is made once, before its
 * agents. Drawn from a sampler, each world (so each worker) gets ground of its own.
 */
export const TERRAIN_PARAMETERS = {
  /** Slope along +z, rad; positive is uphill. */
  "ground-slope": 0,
  /** Height of steps that follow each other along z, up or down by chance, m. */
  "ground-step": 0,
  /** Height of gentle bumps, m. */
  "ground-roughness": 0,
  /** Where steps and bumps are. */
  "ground-seed": 1,
} as const;

/** Ground around the starts, which lie on z = 0, stays flat up to this distance along z, m. */
const FLAT = 1;
/** Length of a step along z, and distance of the points between which bumps are interpolated, m. */
const STEP_LENGTH = 0.6;
const BUMP_LENGTH = 0.8;

/**
 * Makes the ground of a scene: its own, else what the parameters ask for.
 * @param area where uneven ground is needed
 * @returns its heights; null where it is flat
 */
export function layGround(
  world: PhysicsWorld,
  { ground, groundFriction }: SceneDefinition,
  parameters: EnvironmentParameters,
  area: GroundArea,
): HeightMap | null {
  const height = ground ?? terrainOf(parameters);
  if (height) addUnevenGround(world, height, area, groundFriction);
  else addGround(world, groundFriction);
  return height;
}

/** The ground that the parameters ask for, null for flat ground. */
export function terrainOf(parameters: EnvironmentParameters): HeightMap | null {
  const get = (name: keyof typeof TERRAIN_PARAMETERS) => parameters.getWithDefault(name, TERRAIN_PARAMETERS[name]);
  const slope = Math.tan(get("ground-slope"));
  const step = get("ground-step");
  const roughness = get("ground-roughness");
  const seed = Math.round(get("ground-seed"));
  if (slope === 0 && step === 0 && roughness === 0) return null;
  const levels = stepLevels(seed);
  return (x, z) => {
    const way = Math.sign(z) * Math.max(0, Math.abs(z) - FLAT);
    if (way === 0) return 0;
    const fade = Math.min(1, Math.abs(way));
    return slope * way + step * levels(way) + roughness * fade * bumps(x, z, seed);
  };
}

/** How many steps up or down it is to a place, steps going up or down by chance. */
function stepLevels(seed: number): (way: number) => number {
  const [ahead, behind] = [[0], [0]];
  return (way) => {
    const [levels, side] = way < 0 ? [behind, -1] : [ahead, 1];
    const index = Math.floor(Math.abs(way) / STEP_LENGTH);
    while (levels.length <= index) {
      levels.push(levels.at(-1)! + (hash(levels.length * side, side, seed) < 0.5 ? -1 : 1));
    }
    return levels[index]!;
  };
}

/** Smooth noise, 0 … 1: random numbers on a grid, between them cubic interpolation ("value noise"). */
function bumps(x: number, z: number, seed: number): number {
  const [u, v] = [x / BUMP_LENGTH, z / BUMP_LENGTH];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const ease = (t: number) => t * t * (3 - 2 * t);
  const [s, t] = [ease(u - i), ease(v - j)];
  const near = hash(i, j, seed) + s * (hash(i + 1, j, seed) - hash(i, j, seed));
  const far = hash(i, j + 1, seed) + s * (hash(i + 1, j + 1, seed) - hash(i, j + 1, seed));
  return near + t * (far - near);
}

/** A number in [0, 1) that looks random but belongs to its place. */
function hash(i: number, j: number, seed: number): number {
  let h = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}
