import type { BodySpec } from "./spec.js";

/**
 * Works something out once per specification, which nobody changes. Many agents have the same one: what they share stays
 * in the processor's caches while it goes from one to the next.
 */
export function perSpec<T>(work: (spec: BodySpec) => T): (spec: BodySpec) => T {
  const known = new WeakMap<BodySpec, { readonly value: T }>();
  return (spec) => {
    let found = known.get(spec);
    if (!found) {
      found = { value: work(spec) };
      known.set(spec, found);
    }
    return found.value;
  };
}
