/**
 * Where no package.json says what kind of modules a folder holds, Node takes them for CommonJS, and such a module cannot
 * import ours. A module in TypeScript is an ECMAScript module here, wherever it lies.
 */
export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  const isTypeScript = /\.ts(\?|$)/.test(resolved.url);
  return isTypeScript && resolved.format === "commonjs" ? { ...resolved, format: "module" } : resolved;
}
