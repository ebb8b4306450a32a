import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { Crowd, type Place } from "../../../cli/play/crowd.js";
import type { PlayAgent } from "../../../cli/play/playAgent.js";
import { createSceneEnv, describeScene } from "../../../env/sceneEnv.js";
import { checkModel, type ModelExpectation } from "../../../inference/compatibility.js";
import { Random } from "../../../random.js";
import { resolveParameters } from "../../../task/resolve.js";
import type { SceneDefinition } from "../../../task/scene.js";
import { FrameLayout, POSE } from "../frameLayout.js";
import type { LoadRequest, StageCommands, StageLook } from "../protocol.js";
import { asTrained, onGround, spacingOf, withoutRewards } from "../stageScene.js";
import { Boxes } from "./boxes.js";
import { ContactPoints } from "./contactPoints.js";
import { FootfallLog } from "./footfallLog.js";
import { Ghost } from "./ghost.js";
import { LivePolicy } from "./livePolicy.js";
import { checkGhost, type OpenedPolicy } from "./openPolicy.js";

/** Everything that is simulated on the stage: the characters, policies beside theirs, boxes; and what is shown of it. */
export class StageWorld {
  readonly layout: FrameLayout;
  /** Seconds of one physics step. */
  readonly dt: number;
  readonly contacts: ContactPoints;
  readonly boxes: Boxes;
  private readonly babylon = new Scene(new NullEngine());
  /** As it is written, for policies that say themselves how they were trained, and as the run trains it. */
  private readonly scene: SceneDefinition;
  private readonly live: SceneDefinition;
  private readonly expected: ModelExpectation;
  private readonly policy: LivePolicy;
  private readonly crowd: Crowd;
  private readonly ghosts = new Map<number, Ghost>();
  private readonly ghostSeeds: Random;
  private readonly footfalls: FootfallLog;
  private showsContacts = false;

  /** @throws InputError when the characters cannot be built as asked for */
  constructor(definition: SceneDefinition, havok: HavokPhysicsWithBindings, request: LoadRequest) {
    this.scene = withoutRewards(onGround(definition, request.ground));
    this.live = asTrained(this.scene, request);
    // One of them alone tells what policies see and do, before there is a policy to build the others around.
    const env = createSceneEnv(asTrained(definition, request), new Scene(new NullEngine()), havok, {
      agents: 1,
      seed: request.seed,
    });
    this.expected = { ...describeScene(definition, env), actionSpec: env.actionSpec };
    this.policy = new LivePolicy(env.observationSize, env.actionSpec);
    env.dispose();

    const { agents, seed } = request;
    this.crowd = new Crowd(this.live, this.babylon, havok, { agents, seed, model: this.policy });
    this.ghostSeeds = new Random(seed + 1);
    const { clock, body } = definition.character;
    this.dt = clock.physicsDt;
    this.layout = new FrameLayout(body, agents);
    this.contacts = new ContactPoints(this.crowd.world, this.layout.maxContacts);
    this.boxes = new Boxes(this.crowd.world, body);
    const [first] = this.crowd.agents;
    this.footfalls = new FootfallLog(first!);
    first!.onControlStep = () => this.footfalls.note(this.crowd.seconds);
  }

  /** Where to look. */
  get focus(): Place {
    return this.crowd.focus();
  }

  /** One physics step; await it before the next. */
  async stepAsync(): Promise<void> {
    this.contacts.beginStep();
    for (const ghost of this.ghosts.values()) {
      const deciding = ghost.decideAndAct();
      if (deciding) await deciding;
    }
    await this.crowd.stepAsync();
    for (const ghost of this.ghosts.values()) ghost.count();
  }

  /** Gives the characters another policy, in the middle of whatever they do. @throws InputError when it does not fit */
  setPolicy(policy: OpenedPolicy | null): void {
    if (policy) checkModel(policy, this.expected);
    this.policy.set(policy);
  }

  /** @throws InputError when the policy does not fit */
  addGhost(slot: number, policy: OpenedPolicy): void {
    checkGhost(policy, this.expected);
    this.removeGhost(slot);
    const { agents, width } = this.crowd;
    const { metadata } = policy;
    const scene = metadata ? this.scene : this.live;
    const parameters = resolveParameters(scene.task, metadata?.parameters);
    const place = {
      x: width / 2 + (slot + 1) * spacingOf(scene.character.body),
      index: agents.length + slot,
      seed: this.ghostSeeds.nextUint32(),
    };
    this.ghosts.set(slot, new Ghost(this.crowd, scene, policy, parameters, place));
    this.showContacts(this.showsContacts);
  }

  removeGhost(slot: number): void {
    this.ghosts.get(slot)?.dispose();
    this.ghosts.delete(slot);
    this.showContacts(this.showsContacts);
  }

  showContacts(show: boolean): void {
    this.showsContacts = show;
    this.contacts.watch(show ? [...this.characters()].map(([, { body }]) => body) : []);
  }

  reset(): void {
    this.boxes.clear();
    this.crowd.reset();
    for (const { agent } of this.ghosts.values()) agent.beginEpisode();
    this.footfalls.clear();
  }

  push({ character, part, impulse }: StageCommands["push"]): void {
    const agent = this.crowd.agents[character] ?? this.ghosts.get(character - this.crowd.agents.length)?.agent;
    agent?.body.applyImpulse(part, impulse);
  }

  /** Lets a box fall on the first character that stands. */
  dropBox(): void {
    const { agents } = this.crowd;
    const { body } = agents.find(({ standing }) => standing) ?? agents[0]!;
    body.readState();
    this.boxes.dropOn(body);
  }

  look(): StageLook {
    const { agents, seconds, forwardSpeed } = this.crowd;
    return {
      seconds,
      forwardSpeed,
      standing: agents.filter(({ standing }) => standing).length,
      agents: agents.length,
      falls: agents.reduce((sum, { falls }) => sum + falls, 0),
      footfalls: this.footfalls.read(seconds),
    };
  }

  /** Writes the world as it is now, laid out by `layout`. */
  write(out: Float32Array): void {
    const { layout } = this;
    for (const [character, { body }] of this.characters()) {
      // Between two decisions nobody else has read it; what policies see is read again before they decide.
      body.readState();
      const { positions, rotations, jointValues } = body;
      for (let part = 0, at = layout.poseAt(character, 0); part < layout.parts; part++, at += POSE) {
        for (let k = 0; k < 3; k++) out[at + k] = positions[part * 3 + k]!;
        for (let k = 0; k < 4; k++) out[at + 3 + k] = rotations[part * 4 + k]!;
      }
      const joints = layout.jointsAt + character * layout.freedoms;
      for (let i = 0; i < layout.freedoms; i++) out[joints + i] = jointValues[i]!;
    }
    this.boxes.write(out, layout.boxesAt);
    this.contacts.write(out, layout.contactsAt);
  }

  dispose(): void {
    for (const ghost of this.ghosts.values()) ghost.dispose();
    this.policy.dispose();
    this.babylon.getEngine().dispose();
  }

  /** By their numbers in frames. */
  private *characters(): Generator<[number, PlayAgent]> {
    const { agents } = this.crowd;
    for (const [i, agent] of agents.entries()) yield [i, agent];
    for (const [slot, { agent }] of this.ghosts) yield [agents.length + slot, agent];
  }
}
