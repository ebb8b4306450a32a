import type { Random } from "../../random.js";

/** Noise that is added to the actions of a policy that draws none itself; actions reach from −1 to 1. */
export interface ActionNoise {
  readonly kind: "gaussian" | "ornstein-uhlenbeck";
  /** Of the noise in one decision; of an Ornstein–Uhlenbeck process, what is added to it in each. */
  readonly std: number;
}

/** One number for each action of each agent. */
export interface NoiseProcess {
  next(agent: number, action: number): number;
  /** The agent's episode has ended. */
  restart(agent: number): void;
}

/** Rate at which an Ornstein–Uhlenbeck process goes back to 0, per decision (Lillicrap et al. 2016, section 7). */
const THETA = 0.15;

export function createNoise({ kind, std }: ActionNoise, agents: number, actions: number, random: Random): NoiseProcess {
  if (kind === "gaussian") return { next: () => std * random.normal(), restart: () => {} };
  // x ← x − θ x + σ ε: noise that lasts, for bodies whose inertia would average it away (Uhlenbeck and Ornstein 1930).
  const x = new Float64Array(agents * actions);
  return {
    next: (agent, action) => {
      const i = agent * actions + action;
      x[i]! += -THETA * x[i]! + std * random.normal();
      return x[i]!;
    },
    restart: (agent) => {
      x.fill(0, agent * actions, (agent + 1) * actions);
    },
  };
}
