import { describe, expect, it } from "vitest";
import { hashBody } from "../../src/body/hash.js";
import type { BodySpec, PartSpec } from "../../src/body/spec.js";
import { menagerie } from "../support/bodies.js";

/** The same data with the keys of every object turned round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, entry]) => [key, reversed(entry)])) as T;
}

const withTrunk = (change: Partial<PartSpec>): BodySpec => ({
  ...menagerie,
  parts: menagerie.parts.map((part, i) => (i === 0 ? { ...part, ...change } : part)),
});

describe("hashBody", () => {
  const hash = hashBody(menagerie);

  it("is sixteen hexadecimal digits", () => expect(hash).toMatch(/^[0-9a-f]{16}$/));

  it("does not see the order of keys, an undefined entry or a trip through JSON", () => {
    expect(Object.keys(reversed(menagerie))[0]).not.toBe(Object.keys(menagerie)[0]);
    expect(hashBody(reversed(menagerie))).toBe(hash);
    expect(hashBody({ ...menagerie, selfCollision: undefined } as unknown as BodySpec)).toBe(hash);
    expect(hashBody(JSON.parse(JSON.stringify(menagerie)) as BodySpec)).toBe(hash);
  });

  it("does not see the last bits of a number, nor the sign of zero", () => {
    const mass = menagerie.parts[0]!.mass;
    expect(mass * (1 + 1e-12)).not.toBe(mass);
    expect(hashBody(withTrunk({ mass: mass * (1 + 1e-12) }))).toBe(hash);
    const at = (x: number) => withTrunk({ shape: { kind: "sphere", center: [x, 1, 0], radius: 0.3 } });
    expect(hashBody(at(-0))).toBe(hashBody(at(0)));
  });

  it("sees a mass, the order of parts, a name and a default that is spelled out", () => {
    const others = [
      withTrunk({ mass: 6.00001 }),
      { ...menagerie, joints: [...menagerie.joints].reverse() },
      { ...menagerie, name: "another" },
      withTrunk({ friction: 0.8 }),
    ];
    expect(new Set([hash, ...others.map(hashBody)]).size).toBe(5);
  });
});
