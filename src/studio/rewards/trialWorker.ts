import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { AgentEnv } from "../../env/agentEnv.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { InputError } from "../../inputError.js";
import { actionSize } from "../../policy/policy.js";
import { Random } from "../../random.js";
import { lockScope, type RewardFault } from "../../task/rewards/code.js";
import type { SceneDefinition } from "../../task/scene.js";
import { serve } from "../../workers/remote.js";
import { webPort } from "../../workers/webThread.js";

export interface ServeTrialsOptions {
  readonly scenes: Readonly<Record<string, () => Promise<SceneDefinition>>>;
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
}

export interface TrialRequest {
  readonly term: string;
  /** JavaScript */
  readonly code: string;
}

/** Decisions of a trial: an episode or two of most characters that move at random. */
const DECISIONS = 120;

/** Makes a Web Worker the one that tries reward terms out before a run sees them. */
export function serveTrials({ scenes, loadHavokAsync }: ServeTrialsOptions): void {
  let env: AgentEnv | null = null;
  serve(webPort(), () => ({
    /** Everything that takes long, so that the time of a trial is the term's own. */
    prepare: async (name: string) => {
      const [scene, havok] = [await scenes[name]!(), await loadHavokAsync()];
      lockScope();
      env = createSceneEnv(scene, new Scene(new NullEngine()), havok, { agents: 1, seed: 1 });
      env.reset();
    },
    try: (request: TrialRequest): RewardFault | null => {
      if (!env) throw new Error("There is no scene yet.");
      return tryTerm(env, request);
    },
  }));
}

function tryTerm(env: AgentEnv, { term, code }: TrialRequest): RewardFault | null {
  try {
    env.change({ rewards: { [term]: { weight: 1, code } } });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { term, message: error.message, line: null };
  }
  // Nothing is left of the term before it.
  env.reset();
  const random = new Random(1);
  const actions = new Float32Array(actionSize(env.actionSpec));
  const [agent] = env.academy.agentsOf(env.behavior);
  for (let step = 0; step < DECISIONS; step++) {
    for (let i = 0; i < actions.length; i++) actions[i] = random.uniform(-1, 1);
    env.step(actions);
    const fault = agent!.rewards.faults[0] ?? env.drainEpisodes().flatMap(({ faults = [] }) => faults)[0];
    if (fault) return fault;
  }
  return null;
}
