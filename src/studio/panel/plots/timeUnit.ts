export interface TimeUnit {
  readonly name: string;
  readonly seconds: number;
}

/** In which a time of this length is best said. */
export function timeUnit(seconds: number): TimeUnit {
  if (seconds > 7200) return { name: "h", seconds: 3600 };
  return seconds > 180 ? { name: "min", seconds: 60 } : { name: "s", seconds: 1 };
}
