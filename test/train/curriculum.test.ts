import { describe, expect, it } from "vitest";
import type { CompletionCriteria, ConfiguredParameter, Lesson } from "../../src/train/config/environmentParameters.js";
import { CurriculumProgress, constantParameters, firstLessons } from "../../src/train/curriculum.js";

const range = { kind: "uniform", min: 0, max: 1 } as const;

function criteria(changes: Partial<CompletionCriteria> = {}): CompletionCriteria {
  return { measure: "reward", threshold: 10, minLessonLength: 2, signalSmoothing: false, ...changes };
}

/** Lessons called a, b, c … with the values 0, 1, 2 …; the last one never ends. */
function curriculum(...completions: readonly CompletionCriteria[]): ConfiguredParameter {
  const lessons = [...completions, null].map((completion, i): Lesson => ({ name: "abcdef"[i]!, value: i, completion }));
  return { lessons };
}

describe("the parameters of a run", () => {
  const parameters = { wind: 3, size: range, speed: curriculum(criteria()) };

  it("begin with the first lesson", () => {
    expect(firstLessons(parameters)).toEqual({ wind: 3, size: range, speed: 0 });
  });

  it("of which the constant ones hold in every episode", () => {
    expect(constantParameters(parameters)).toEqual({ wind: 3 });
  });
});

describe("CurriculumProgress", () => {
  it("goes on when the mean return of the last episodes exceeds the threshold", () => {
    const progress = new CurriculumProgress({ wind: 3, speed: curriculum(criteria(), criteria({ threshold: 20 })) });
    expect(progress.update([9], 0)).toEqual([]);
    // Of two episodes (9 + 11) / 2 = 10 is not more than 10; then (11 + 9.5) / 2 is.
    expect(progress.update([11], 0)).toEqual([]);
    expect(progress.lessons()).toEqual({ speed: 0 });
    expect(progress.update([9.5], 0)).toEqual(['speed: lesson "b"']);
    expect([progress.lessons(), progress.sources()]).toEqual([{ speed: 1 }, { wind: 3, speed: 1 }]);
    // Episodes of the lesson before do not count for the next one.
    expect(progress.update([100], 0)).toEqual([]);
    expect(progress.update([100], 0)).toEqual(['speed: lesson "c"']);
    // The last lesson stays.
    expect(progress.update([1000, 1000], 1)).toEqual([]);
    expect(progress.sources()).toEqual({ wind: 3, speed: 2 });
  });

  it("waits for the lesson's length, whatever the returns", () => {
    const progress = new CurriculumProgress({ speed: curriculum(criteria({ minLessonLength: 5 })) });
    expect(progress.update([99, 99, 99, 99], 0)).toEqual([]);
    expect(progress.update([], 0)).toEqual([]);
    expect(progress.update([99], 0)).toEqual(['speed: lesson "b"']);
  });

  it("wants one episode at least, so that there is a mean", () => {
    const progress = new CurriculumProgress({ speed: curriculum(criteria({ minLessonLength: 0, threshold: -5 })) });
    expect(progress.update([], 0)).toEqual([]);
    expect(progress.update([1], 0)).toEqual(['speed: lesson "b"']);
  });

  it("smooths as ML-Agents: a quarter of the last look, three quarters of what is seen now", () => {
    const smooth = criteria({ signalSmoothing: true, minLessonLength: 1 });
    const progress = new CurriculumProgress({ speed: curriculum(smooth) });
    // 0.75 × 12 = 9, then 0.25 × 9 + 0.75 × 10 = 9.75, then 0.25 × 9.75 + 0.75 × 11 = 10.6875
    expect(progress.update([12], 0)).toEqual([]);
    expect(progress.state()).toEqual({ speed: { lesson: 0, smoothed: 9 } });
    expect(progress.update([10], 0)).toEqual([]);
    expect(progress.state()).toEqual({ speed: { lesson: 0, smoothed: 9.75 } });
    expect(progress.update([11], 0)).toEqual(['speed: lesson "b"']);
    expect(progress.state()).toEqual({ speed: { lesson: 1, smoothed: 10.6875 } });
  });

  it("goes by the run's steps where progress is what counts", () => {
    const progress = new CurriculumProgress({
      speed: curriculum(criteria({ measure: "progress", threshold: 0.3, minLessonLength: 1 })),
    });
    expect(progress.update([1e9], 0.3)).toEqual([]);
    expect(progress.update([-1], 0.31)).toEqual(['speed: lesson "b"']);
  });

  it("keeps several curricula at once; whichever goes on begins the count anew for all", () => {
    const progress = new CurriculumProgress({
      speed: curriculum(criteria({ minLessonLength: 1 })),
      slope: curriculum(criteria({ minLessonLength: 2 })),
    });
    expect(progress.update([50], 0)).toEqual(['speed: lesson "b"']);
    expect(progress.update([50], 0)).toEqual([]);
    expect(progress.update([50], 0)).toEqual(['slope: lesson "b"']);
    expect(progress.lessons()).toEqual({ speed: 1, slope: 1 });
  });

  it("goes on where a run stopped", () => {
    const speed = curriculum(criteria(), criteria({ signalSmoothing: true }));
    const progress = new CurriculumProgress({ speed, slope: curriculum(criteria()) });
    // Of a curriculum that the run did not have, the first lesson.
    progress.restore({ speed: { lesson: 1, smoothed: 8 }, gone: { lesson: 4, smoothed: 1 } });
    expect(progress.sources()).toEqual({ speed: 1, slope: 0 });
    expect(progress.state()).toEqual({ speed: { lesson: 1, smoothed: 8 }, slope: { lesson: 0, smoothed: 0 } });
    // 0.25 × 8 + 0.75 × 11 = 10.25
    expect(progress.update([11, 11], 0)).toContain('speed: lesson "c"');
    // One that has lost lessons since is in its last.
    const shorter = new CurriculumProgress({ speed: curriculum(criteria()) });
    shorter.restore({ speed: { lesson: 5, smoothed: 0 } });
    expect(shorter.lessons()).toEqual({ speed: 1 });
  });

  it("has nothing to say without curricula", () => {
    const progress = new CurriculumProgress({ wind: 3, size: range });
    expect(progress.update([1e9, 1e9], 1)).toEqual([]);
    expect([progress.lessons(), progress.state()]).toEqual([{}, {}]);
    expect(progress.sources()).toEqual({ wind: 3, size: range });
  });
});
