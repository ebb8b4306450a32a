import type { BodySpec } from "../../src/body/spec.js";
import { cartWithPoles } from "../inverted-pendulum/body.js";

// It starts hanging: the pole is drawn upright and starts half a turn from there.
/** The cart of the inverted pendulum with a longer rail and a light pole that may turn round and round. */
export const cartPoleBody: BodySpec = {
  ...cartWithPoles({
    name: "cart-pole",
    height: 1,
    reach: 2,
    maxForce: 150,
    damping: 0.05,
    poles: [{ mass: 2, radius: 0.04, length: 0.6 }],
  }),
  startPose: { pole: [Math.PI] },
};
