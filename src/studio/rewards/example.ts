/** What a new term of one's own begins with. */
export const EXAMPLE_TERM = `// Called after every decision; give a number per step, such as m/s.
(state) => {
  const height = state.body.heightAbove(0);
  return Math.min(height, 1);
}`;
