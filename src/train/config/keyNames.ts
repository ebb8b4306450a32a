/** YAML's snake_case as TypeScript's camelCase: `batch_size` → `batchSize`. */
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** What holds names that users chose, which stay as they are. */
type Verbatim = "rewards" | "sensors";
const VERBATIM: ReadonlySet<string> = new Set<Verbatim>(["rewards", "sensors"]);

/** `T` with the keys of all its levels in camelCase, read-only. */
export type CamelKeys<T> = T extends object
  ? { readonly [K in keyof T as Camel<K & string>]: K extends Verbatim ? T[K] : CamelKeys<T[K]> }
  : T;

export function camelKeys<T extends object>(value: T): CamelKeys<T> {
  return renameKeys(value, (key) => key.replaceAll(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase())) as CamelKeys<T>;
}

export function snakeKeys(value: object): object {
  return renameKeys(value, (key) => key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)) as object;
}

function renameKeys(value: unknown, rename: (key: string) => string): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), VERBATIM.has(key) ? inner : renameKeys(inner, rename)]),
  );
}
