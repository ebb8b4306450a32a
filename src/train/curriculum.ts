import type { ParameterSource } from "../agent/environmentParameters.js";
import { type ConfiguredParameter, isCurriculum, type Lesson } from "./config/environmentParameters.js";

/** Share of the smoothed return that the last look contributes; the rest is what is seen now. As in ML-Agents. */
const MEMORY = 0.25;

type Parameters = Readonly<Record<string, ConfiguredParameter>>;
type Sources = Readonly<Record<string, ParameterSource>>;

/** The parameters as they are at the start of a run: of a curriculum its first lesson. */
export function firstLessons(parameters: Parameters): Sources {
  return new CurriculumProgress(parameters).sources();
}

/** Those that are the same in every episode of a run: a policy is judged with them, and else by the task's defaults. */
export function constantParameters(parameters: Parameters): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => typeof value === "number")) as Record<
    string,
    number
  >;
}

/** What a checkpoint keeps: per curriculum the number of the lesson and the smoothed return. */
export type CurriculumState = Readonly<Record<string, { readonly lesson: number; readonly smoothed: number }>>;

/**
 * Where a run is in its curricula. The rules are those of ML-Agents (`environment_parameter_manager.py`): a lesson is over
 * when its measure exceeds the threshold and enough episodes have been finished since the last lesson changed; then the
 * count of episodes begins anew.
 */
export class CurriculumProgress {
  private readonly curricula: ReadonlyMap<
    string,
    { readonly lessons: readonly Lesson[]; lesson: number; smoothed: number }
  >;
  /** Returns of the last episodes since a lesson changed. */
  private returns: number[] = [];
  private readonly remembered: number;

  constructor(private readonly parameters: Parameters) {
    this.curricula = new Map(
      Object.entries(parameters).flatMap(([name, value]) =>
        isCurriculum(value) ? [[name, { lessons: value.lessons, lesson: 0, smoothed: 0 }] as const] : [],
      ),
    );
    const lengths = [...this.curricula.values()].flatMap(({ lessons }) =>
      lessons.map(({ completion }) => completion?.minLessonLength ?? 0),
    );
    this.remembered = Math.max(1, ...lengths);
  }

  /** What every parameter is, or is drawn from, now. */
  sources(): Sources {
    return Object.fromEntries(
      Object.entries(this.parameters).map(([name, value]) => [
        name,
        isCurriculum(value) ? value.lessons[this.curricula.get(name)!.lesson]!.value : value,
      ]),
    );
  }

  /** Numbers of the present lessons, by parameter. */
  lessons(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.curricula].map(([name, { lesson }]) => [name, lesson]));
  }

  /**
   * Takes note of finished episodes.
   * @param progress share of the run's steps that are done
   * @returns words about each lesson that has begun
   */
  update(returns: readonly number[], progress: number): string[] {
    if (this.curricula.size === 0) return [];
    this.returns = [...this.returns, ...returns].slice(-this.remembered);
    const news: string[] = [];
    for (const [name, curriculum] of this.curricula) {
      const { completion } = curriculum.lessons[curriculum.lesson]!;
      if (!completion || this.returns.length < Math.max(1, completion.minLessonLength)) continue;
      let measure = progress;
      if (completion.measure === "reward") {
        measure = this.returns.reduce((sum, value) => sum + value, 0) / this.returns.length;
        if (completion.signalSmoothing) {
          measure = MEMORY * curriculum.smoothed + (1 - MEMORY) * measure;
          curriculum.smoothed = measure;
        }
      }
      if (measure <= completion.threshold || curriculum.lesson + 1 >= curriculum.lessons.length) continue;
      curriculum.lesson++;
      news.push(`${name}: lesson "${curriculum.lessons[curriculum.lesson]!.name}"`);
    }
    if (news.length > 0) this.returns = [];
    return news;
  }

  state(): CurriculumState {
    return Object.fromEntries([...this.curricula].map(([name, { lesson, smoothed }]) => [name, { lesson, smoothed }]));
  }

  /** Goes on where a run stopped; curricula that it did not have begin with their first lesson. */
  restore(state: CurriculumState): void {
    for (const [name, curriculum] of this.curricula) {
      const { lesson, smoothed } = state[name] ?? { lesson: 0, smoothed: 0 };
      curriculum.lesson = Math.min(lesson, curriculum.lessons.length - 1);
      curriculum.smoothed = smoothed;
    }
  }
}
