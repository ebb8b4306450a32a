import { runEpisodesAsync } from "../../env/evaluate.js";
import type { EpisodeRecord } from "../../env/vectorEnv.js";
import type { WorkerGroup } from "../../workers/group.js";
import type { Service } from "../../workers/remote.js";
import { constantParameters } from "../curriculum.js";
import type { CreateEnv, EnvDescription } from "./env.js";

interface EpisodesRequest {
  readonly env: EnvDescription;
  readonly seed: number;
  /** An ONNX file. */
  readonly model: Uint8Array;
}

/** What any worker can do beside training: judge a policy. */
export function episodeHandlers(createEnv: CreateEnv, service: Service) {
  return {
    runEpisodes: async ({ env: description, seed, model }: EpisodesRequest): Promise<EpisodeRecord[]> => {
      // Only those who judge policies load the runtime of their models.
      const { OnnxPolicy } = await import("../../inference/onnxPolicy.js");
      const policy = await OnnxPolicy.LoadAsync(model);
      const env = await createEnv(description, seed);
      try {
        return await runEpisodesAsync(env, policy, service.beat);
      } finally {
        env.dispose();
        policy.dispose();
      }
    },
  };
}

/**
 * Lets workers share the episodes of an ONNX file, from number `first` on. Who runs an episode makes no difference.
 * @param env of the training, whose parameters may be drawn at random; what is judged is the task as it is by default
 * @returns one record for each, in their order
 */
export async function shareEpisodesAsync(
  group: WorkerGroup,
  env: EnvDescription,
  model: Uint8Array,
  seed: number,
  first: number,
  count: number,
): Promise<EpisodeRecord[]> {
  const parameters = constantParameters(env.parameters);
  const start = (member: number) => first + Math.floor((member * count) / group.size);
  const shareOf = (member: number): EpisodesRequest => {
    const agents = start(member + 1) - start(member);
    return { env: { ...env, parameters, agents, firstAgent: start(member), gait: true }, seed, model };
  };
  const members = Array.from({ length: group.size }, (_, member) => member);
  const busy = members.filter((member) => shareOf(member).env.agents > 0);
  const records = await group.replacingAsync(() =>
    group.settle(
      busy.map(async (member) => (await group.call(member, "runEpisodes", shareOf(member))) as EpisodeRecord[]),
    ),
  );
  return records.flat();
}
