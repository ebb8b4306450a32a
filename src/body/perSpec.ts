import type { BodySpec } from "./spec.js";

/**
 * Works something out once per specification, which nobody changes. Many agents have the same one: what they share stays
 * in the processor's caches while it goes from one to the next.
 */
export function perSpec<T>(work: (spec: BodySpec) => T): (spec: BodySpec) => T {
  const known = new WeakMap<BodySpec, { readonly value: T }>();
  // Most often it is asked about the same one again.
  let last: { readonly spec: BodySpec; readonly value: T } | null = null;
  return (spec) => {
    if (last?.spec === spec) return last.value;
    const found = known.get(spec) ?? { value: work(spec) };
    known.set(spec, found);
    last = { spec, value: found.value };
    return found.value;
  };
}
