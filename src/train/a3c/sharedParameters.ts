import type { OnPolicyState } from "../onPolicy/learner.js";

/** What the workers of A3C change at the same time, without locks; it can be sent to other threads. */
export interface SharedParameters {
  /** θ, `[size]`, in the order of `OnPolicyLayout`. */
  readonly parameters: Float32Array<SharedArrayBuffer>;
  /** g of RMSProp, `[size]`. */
  readonly square: Float32Array<SharedArrayBuffer>;
}

export function shareParameters({ parameters, adam }: OnPolicyState): SharedParameters {
  return { parameters: shared(parameters), square: shared(adam.square) };
}

/** What they are at this moment. RMSProp has no other moments than the squares, and does not count its steps. */
export function stateOfShared({ parameters, square }: SharedParameters): OnPolicyState {
  const mean = new Float32Array(square.length);
  return { parameters: Float32Array.from(parameters), adam: { step: 0, mean, square: Float32Array.from(square) } };
}

function shared(values: Float32Array): Float32Array<SharedArrayBuffer> {
  const copy = new Float32Array<SharedArrayBuffer>(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
