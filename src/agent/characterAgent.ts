import type { Actuator } from "../actuators/actuator.js";
import { ArticulatedBody, type ArticulatedBodyOptions } from "../body/articulatedBody.js";
import type { BodySpec, Vec3 } from "../body/spec.js";
import { length, subtract } from "../body/vector.js";
import { EARTH_GRAVITY, type PhysicsClock, type PhysicsWorld } from "../body/world.js";
import { InputError } from "../inputError.js";
import type { Policy } from "../policy/policy.js";
import type { Sensor } from "../sensors/sensor.js";
import type { ActionBuffers } from "./actionBuffers.js";
import { Agent } from "./agent.js";
import { MotionCommand } from "./motionCommand.js";

/**
 * A character: everything that its policy depends on, in training and in the game alike.
 */
export interface CharacterDefinition {
  readonly name: string;
  /** Name of the behaviour in trainer files. */
  readonly behavior: string;
  readonly body: BodySpec;
  readonly clock: PhysicsClock;
  /** m/s²; default Earth's. */
  readonly gravity?: Vec3;
  /** Physics steps from one decision to the next. */
  readonly decisionPeriod: number;
  /** @param command what the character is asked to do, for those that can be told */
  readonly sensors: (body: ArticulatedBody, command: MotionCommand) => readonly Sensor[];
  readonly actuators: (body: ArticulatedBody) => readonly Actuator[];
}

export interface CharacterOptions extends ArticulatedBodyOptions {
  readonly model?: Policy;
  /** Names of the sensors that it has, where it is to see less than it could. Default all. */
  readonly sensors?: readonly string[] | null;
}

/** Seconds between two decisions of the character. */
export function controlDt(character: CharacterDefinition): number {
  return character.clock.physicsDt * character.decisionPeriod;
}

function describeClock({ physicsDt, microsteps }: PhysicsClock): string {
  return `physicsDt ${physicsDt} and ${microsteps} microsteps`;
}

/** m/s²; Babylon's own default, 9.807, is as good as 9.81. */
const GRAVITY_TOLERANCE = 0.01;

/** An agent with an articulated body. Without a model it keeps still: the heuristic is zero action. */
export class CharacterAgent extends Agent {
  readonly body: ArticulatedBody;
  /** What it is asked to do. */
  readonly command = new MotionCommand();
  private readonly sensorNames: readonly string[] | null;

  /** @throws InputError when the world's clock or gravity is not the one that the character was trained on. */
  constructor(
    world: PhysicsWorld,
    readonly character: CharacterDefinition,
    options: CharacterOptions = {},
  ) {
    const wanted = describeClock(character.clock);
    if (describeClock(world.clock) !== wanted) {
      throw new InputError(
        `Character "${character.name}" needs a world with ${wanted}, this one has ${describeClock(world.clock)}.`,
      );
    }
    const { gravity = EARTH_GRAVITY } = character;
    if (length(subtract(world.gravity, gravity)) > GRAVITY_TOLERANCE) {
      throw new InputError(
        `Character "${character.name}" needs a world with gravity [${gravity}] m/s², this one has [${world.gravity}].`,
      );
    }
    super(
      { name: character.behavior, ...(options.model ? { model: options.model } : {}) },
      // Drives keep their last command, so acting once per decision is enough.
      { decisionRequester: { period: character.decisionPeriod, takeActionsBetweenDecisions: false } },
    );
    this.body = new ArticulatedBody(world, character.body, options);
    this.sensorNames = options.sensors ?? null;
  }

  /** @throws InputError when there is no sensor of a name */
  override initialize(): void {
    const sensors = this.character.sensors(this.body, this.command);
    const names = sensors.map((sensor) => sensor.name);
    for (const name of this.sensorNames ?? []) {
      if (!names.includes(name)) {
        throw new InputError(`Character "${this.character.name}" has no sensor "${name}"; it has ${names.join(", ")}.`);
      }
    }
    for (const sensor of sensors) {
      if (!this.sensorNames || this.sensorNames.includes(sensor.name)) this.addSensor(sensor);
    }
    for (const actuator of this.character.actuators(this.body)) this.addActuator(actuator);
  }

  override onEpisodeBegin(): void {
    this.body.reset(this.body.startPose());
  }

  override heuristic(actionsOut: ActionBuffers): void {
    actionsOut.continuousActions.fill(0);
    actionsOut.discreteActions.fill(0);
  }

  override onDecisionStepEnd(): void {
    this.body.readState();
    this.command.advance(controlDt(this.character));
  }

  dispose(): void {
    this.body.dispose();
  }
}
