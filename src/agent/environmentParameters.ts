/** Numbers that shape a task from outside: set by a trainer's configuration, by `--set`, or by the game. */
export class EnvironmentParameters {
  private readonly values: Map<string, number>;

  constructor(values: Readonly<Record<string, number>> = {}) {
    this.values = new Map(Object.entries(values));
  }

  /** The parameter's value, or `fallback` when nobody has set it. */
  getWithDefault(name: string, fallback: number): number {
    return this.values.get(name) ?? fallback;
  }

  set(name: string, value: number): void {
    this.values.set(name, value);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }
}
