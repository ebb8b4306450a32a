import { InputError } from "../inputError.js";
import { type ActionSpec, actionSize, maskSize } from "../policy/policy.js";

/** One agent's action, as `onActionReceived` and `heuristic` see it. */
export interface ActionBuffers {
  readonly continuousActions: Float32Array;
  readonly discreteActions: Int32Array;
}

export function createActionBuffers(spec: ActionSpec): ActionBuffers {
  return {
    continuousActions: new Float32Array(spec.continuous),
    discreteActions: new Int32Array(spec.discrete.length),
  };
}

/** Writes the buffers as one row of an action array: continuous actions, then branch indices. */
export function writeActionRow(buffers: ActionBuffers, row: Float32Array): void {
  row.set(buffers.continuousActions);
  row.set(buffers.discreteActions, buffers.continuousActions.length);
}

/** Which options of each branch are allowed, for `writeDiscreteActionMask`. */
export class DiscreteActionMask {
  /** 1 = allowed; branch after branch. */
  readonly values: Float32Array;
  private readonly offsets: number[];

  constructor(private readonly spec: ActionSpec) {
    this.values = new Float32Array(maskSize(spec)).fill(1);
    let offset = 0;
    this.offsets = spec.discrete.map((options) => {
      const start = offset;
      offset += options;
      return start;
    });
  }

  /** @throws InputError when the branch or option does not exist. */
  setActionEnabled(branch: number, option: number, enabled: boolean): void {
    const options = this.spec.discrete[branch];
    if (options === undefined || !(option >= 0 && option < options)) {
      throw new InputError(
        `There is no option ${option} of branch ${branch} to mask; the branches have [${this.spec.discrete}] options.`,
      );
    }
    this.values[this.offsets[branch]! + option] = enabled ? 1 : 0;
  }

  /** @throws InputError when a branch is left without an option. */
  check(): void {
    this.spec.discrete.forEach((options, branch) => {
      const start = this.offsets[branch]!;
      if (!this.values.subarray(start, start + options).some((value) => value === 1)) {
        throw new InputError(`All ${options} options of branch ${branch} are masked; at least one must be allowed.`);
      }
    });
  }

  reset(): void {
    this.values.fill(1);
  }
}

/** Adds up what several parts of an agent may do. */
export function joinActionSpecs(specs: readonly ActionSpec[]): ActionSpec {
  return {
    continuous: specs.reduce((sum, spec) => sum + spec.continuous, 0),
    discrete: specs.flatMap((spec) => spec.discrete),
  };
}

export function sameActionSpec(a: ActionSpec, b: ActionSpec): boolean {
  return (
    a.continuous === b.continuous && actionSize(a) === actionSize(b) && a.discrete.every((n, i) => n === b.discrete[i])
  );
}
