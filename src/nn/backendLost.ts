/** The device of the backend is of no use any more, nor is any tensor on it. Another backend can go on from saved state. */
export class BackendLostError extends Error {
  override readonly name = "BackendLostError";
}
