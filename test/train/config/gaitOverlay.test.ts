import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { loadTrainerConfig } from "../../../src/train/config/trainerConfig.js";

const FILE = `
default_settings: {time_horizon: 100}
behaviors:
  Walker:
    max_steps: 1000
    hyperparameters: {batch_size: 128, learning_rate: 0.001}
    legwork:
      rewards: {track: 1, effort: -0.1}
environment_parameters:
  target-speed: 1
  gravity: -9.81
`;

const load = (gait: string, maxSteps?: number) =>
  loadTrainerConfig(FILE, "config.yaml", "Walker", { maxSteps }, [{ text: gait, source: "gaits/run.yaml" }]);

describe("a gait", () => {
  it("lies over the settings of its behaviour, level by level, and over the parameters", () => {
    const config = load(`
behaviors:
  Walker:
    hyperparameters: {learning_rate: 0.0005}
    legwork: {rewards: {effort: -0.2, flight: 0.5}}
environment_parameters:
  target-speed: {sampler_type: uniform, sampler_parameters: {min_value: 2, max_value: 4}}
`);
    expect(config.hyperparameters).toMatchObject({ batchSize: 128, learningRate: 0.0005 });
    expect([config.maxSteps, config.timeHorizon]).toEqual([1000, 100]);
    expect(config.legwork.rewards).toEqual({ track: 1, effort: -0.2, flight: 0.5 });
    expect(config.environmentParameters).toEqual({
      "target-speed": { kind: "uniform", min: 2, max: 4 },
      gravity: -9.81,
    });
  });

  it("lies below the command line", () => {
    expect(load("behaviors: {Walker: {max_steps: 2000}}").maxSteps).toBe(2000);
    expect(load("behaviors: {Walker: {max_steps: 2000}}", 3000).maxSteps).toBe(3000);
  });

  it("may say nothing of the behaviour", () => {
    expect(load("environment_parameters: {gravity: -1}").environmentParameters.gravity).toBe(-1);
  });

  it("is named where it is wrong, and the scene's file where that is", () => {
    const sentence = (gait: string) => () => load(gait);
    expect(sentence("behaviors: {Walker: {max_steps: 0}}")).toThrow(
      new InputError("gaits/run.yaml: behaviors.Walker.max_steps is 0, must be an integer of at least 1"),
    );
    expect(sentence("behaviors: {Walker: {max_step: 5}}")).toThrow(
      /^gaits\/run\.yaml: behaviors\.Walker\.max_step is 5/,
    );
    expect(sentence("behaviors: {Hopper: {max_steps: 5}}")).toThrow(
      new InputError("gaits/run.yaml: behaviors.Hopper has no effect, must be Walker"),
    );
    expect(sentence("behaviour: {}")).toThrow(/^gaits\/run\.yaml: behaviour is a mapping, but there is no such key/);
    expect(sentence("environment_parameters: {gravity: low}")).toThrow(
      /^gaits\/run\.yaml: environment_parameters\.gravity is "low", must be a number/,
    );
    const below = { text: "behaviors: {Walker: {max_steps: 5}}", source: "gaits/run.yaml" };
    expect(() =>
      loadTrainerConfig("behaviors: {Walker: {summary_freq: 0}}", "config.yaml", "Walker", {}, [below]),
    ).toThrow(/^config\.yaml: behaviors\.Walker\.summary_freq is 0/);
  });
});
