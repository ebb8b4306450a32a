import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { formatTrainerConfig, loadTrainerConfig } from "../../../src/train/config/trainerConfig.js";

const load = (parameters: string) =>
  loadTrainerConfig(`behaviors: {Walker: {}}\nenvironment_parameters:\n${parameters}`, "f.yaml");

/** The sentence with which parameters are refused, without its beginning. */
function refusal(parameters: string): string {
  try {
    load(parameters);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { message } = error as InputError;
    expect(message).toMatch(/^f\.yaml: environment_parameters\./);
    return message.slice("f.yaml: environment_parameters.".length);
  }
  throw new Error(`accepted: ${parameters}`);
}

// As in ML-Agents' documentation ("Training-ML-Agents.md" and its Wall Jump example).
const FILE = `
  gravity: -9.81
  quoted: "1_000"
  mass:
    sampler_type: uniform
    sampler_parameters:
      min_value: 0.5
      max_value: 10
  length:
    sampler_type: gaussian
    sampler_parameters: {mean: 2, st_dev: .3}
  scale:
    sampler_type: multirangeuniform
    sampler_parameters: {intervals: [[7, 10], [15, 20]]}
  big_wall_height:
    curriculum:
      - name: Lesson0
        completion_criteria:
          measure: progress
          behavior: BigWallJump
          signal_smoothing: true
          min_lesson_length: 100
          threshold: 0.1
        value:
          sampler_type: uniform
          sampler_parameters:
            min_value: 0.0
            max_value: 4.0
      - name: Lesson1
        completion_criteria:
          measure: reward
          behavior: BigWallJump
          signal_smoothing: false
          min_lesson_length: 20
          threshold: 0.5
          require_reset: false
        value: 6
      - name: Lesson2
        value: 8.0
`;

const READ = {
  gravity: -9.81,
  quoted: 1000,
  mass: { kind: "uniform", min: 0.5, max: 10 },
  length: { kind: "gaussian", mean: 2, std: 0.3 },
  scale: {
    kind: "multirange",
    intervals: [
      [7, 10],
      [15, 20],
    ],
  },
  big_wall_height: {
    lessons: [
      {
        name: "Lesson0",
        value: { kind: "uniform", min: 0, max: 4 },
        completion: { measure: "progress", threshold: 0.1, minLessonLength: 100, signalSmoothing: true },
      },
      {
        name: "Lesson1",
        value: 6,
        completion: { measure: "reward", threshold: 0.5, minLessonLength: 20, signalSmoothing: false },
      },
      { name: "Lesson2", value: 8, completion: null },
    ],
  },
};

describe("environment_parameters", () => {
  it("reads numbers, samplers and curricula in ML-Agents' shape", () => {
    expect(load(FILE).environmentParameters).toEqual(READ);
  });

  it("comes back from what is written", () => {
    const config = load(FILE);
    expect(loadTrainerConfig(formatTrainerConfig(config), "written")).toEqual(config);
  });

  it("fills in ML-Agents' defaults of a lesson: reward, no least length, smoothed", () => {
    const { environmentParameters } = load(
      "  a: {curriculum: [{name: x, completion_criteria: {threshold: 1}, value: 1}, {name: y, value: 2}]}",
    );
    expect(environmentParameters.a).toMatchObject({
      lessons: [
        { completion: { measure: "reward", threshold: 1, minLessonLength: 0, signalSmoothing: true } },
        { completion: null },
      ],
    });
  });

  it("takes one lesson for all of the run, and criteria of the last lesson that nothing comes after", () => {
    expect(load("  a: {curriculum: [{name: x, value: 1}]}").environmentParameters.a).toEqual({
      lessons: [{ name: "x", value: 1, completion: null }],
    });
    expect(() => load("  a: {curriculum: [{name: x, completion_criteria: {threshold: 1}, value: 1}]}")).not.toThrow();
  });

  it("may be empty", () => {
    expect(loadTrainerConfig("behaviors: {A: {}}\nenvironment_parameters:", "f").environmentParameters).toEqual({});
  });
});

const lesson = (inside: string) => `  w: {curriculum: [{${inside}}, {name: last, value: 1}]}`;
const ended = "completion_criteria: {threshold: 1}";

describe("what is refused", () => {
  it.each([
    ["  w: windy", 'w is "windy", must be a number'],
    ["  w:", "w is empty, must be a number"],
    ["  w: [1, 2]", "w is a list, must be a number"],
    ["  w: {sampler_type: normal}", 'w.sampler_type is "normal", must be one of: uniform, gaussian, multirangeuniform'],
    ["  w: {}", "w.sampler_type is left out, must be one of: uniform, gaussian, multirangeuniform"],
    ["  w: {sampler_typ: uniform}", "w.sampler_type is left out, must be one of: uniform, gaussian, multirangeuniform"],
    [
      "  w: {sampler_type: uniform, sampler_parameters: {min_value: 2, max_value: 1}}",
      "w.sampler_parameters is a mapping, must have a min_value of at most its max_value",
    ],
    [
      "  w: {sampler_type: uniform, sampler_parameters: {min_value: low, max_value: 1}}",
      'w.sampler_parameters.min_value is "low", must be a number',
    ],
    [
      "  w: {sampler_type: uniform, sampler_parameters: {min_value: 0, max_value: 1, mean: 3}}",
      "w.sampler_parameters.mean is 3, but there is no such key; allowed here: min_value, max_value",
    ],
    [
      "  w: {sampler_type: gaussian, sampler_parameters: {mean: 1, st_dev: -1}}",
      "w.sampler_parameters.st_dev is -1, must be a number of at least 0",
    ],
    [
      "  w: {sampler_type: gaussian, sampler_parameters: {mean: 1, std: 1}}",
      "w.sampler_parameters.st_dev is left out, must be a number of at least 0",
    ],
    [
      "  w: {sampler_type: multirangeuniform, sampler_parameters: {intervals: []}}",
      "w.sampler_parameters.intervals is a list, must be a list of intervals [low, high]",
    ],
    [
      "  w: {sampler_type: multirangeuniform, sampler_parameters: {intervals: [[2, 1]]}}",
      "w.sampler_parameters.intervals is a list, must have intervals whose low end comes first",
    ],
    ["  w: {curriculum: 3}", "w.curriculum is 3, must be a list of lessons"],
    ["  w: {curriculum: []}", "w.curriculum is a list, must be a list of lessons"],
  ])("%s", (parameters, sentence) => {
    expect(refusal(parameters)).toBe(sentence);
  });

  it.each([
    [
      lesson("name: a, value: 1"),
      "w.curriculum.0 is a mapping, must have completion_criteria, as every lesson but the last",
    ],
    [lesson(`value: 1, ${ended}`), "w.curriculum.0.name is left out, must be text"],
    [lesson(`name: a, ${ended}`), "w.curriculum.0.value is left out, must be a number"],
    [lesson(`name: a, value: high, ${ended}`), 'w.curriculum.0.value is "high", must be a number'],
    [
      lesson("name: a, value: 1, completion_criteria: {}"),
      "w.curriculum.0.completion_criteria.threshold is left out, must be a number",
    ],
    [
      lesson("name: a, value: 1, completion_criteria: {threshold: 1, measure: Elo}"),
      'w.curriculum.0.completion_criteria.measure is "Elo", must be one of: reward, progress',
    ],
    [
      lesson("name: a, value: 1, completion_criteria: {threshold: 1, min_lesson_length: -1}"),
      "w.curriculum.0.completion_criteria.min_lesson_length is -1, must be an integer of at least 0",
    ],
    [
      lesson("name: a, value: 1, completion_criteria: {threshold: 1, require_reset: true}"),
      "w.curriculum.0.completion_criteria.require_reset is true, known to ML-Agents but not supported here; leave it out, or write false",
    ],
    [
      lesson(`name: a, value: 1, weight: 2, ${ended}`),
      "w.curriculum.0.weight is 2, but there is no such key; allowed here: name, value, completion_criteria",
    ],
    [
      lesson(`name: a, value: {sampler_type: uniform, sampler_parameters: {min_value: 0}}, ${ended}`),
      "w.curriculum.0.value.sampler_parameters.max_value is left out, must be a number",
    ],
    [
      "  w: {curriculum: [3]}",
      "w.curriculum.0 is 3, must be a mapping with keys among: name, value, completion_criteria",
    ],
    [
      "  w: {sampler_type: multirangeuniform, sampler_parameters: {intervals: [[0, wide]]}}",
      'w.sampler_parameters.intervals.0.1 is "wide", must be a number',
    ],
  ])("%s", (parameters, sentence) => {
    expect(refusal(parameters)).toBe(sentence);
  });
});
