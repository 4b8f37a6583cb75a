/** The conversions of strftime and time: those of strftime(3), and three for parts of a second. */

export interface TimeConversion {
  /** Behind the `%`. */
  readonly letter: string;
  readonly what: string;
}

const row = (letter: string, what: string): TimeConversion => ({ letter, what });

/** Those that logs are made of come first. */
export const timeConversions: readonly TimeConversion[] = [
  row("H", "hour, 00 to 23"),
  row("M", "minute"),
  row("S", "second"),
  row("f", "microseconds of the second, 6 digits"),
  row("l", "milliseconds of the second, 3 digits"),
  row("k", "nanoseconds of the second, 9 digits"),
  row("T", "time: %H:%M:%S"),
  row("F", "date: %Y-%m-%d"),
  row("Y", "year"),
  row("m", "month, 01 to 12"),
  row("d", "day of the month, 01 to 31"),
  row("z", "offset from UTC: +0100"),
  row("Z", "name of the time zone"),
  row("s", "seconds since 1970"),
  row("c", "date and time"),
  row("R", "time: %H:%M"),
  row("D", "date: %m/%d/%y"),
  row("a", "day of the week: Mon"),
  row("A", "day of the week: Monday"),
  row("b", "month: Jan"),
  row("B", "month: January"),
  row("e", "day of the month, with a blank: ' 1'"),
  row("j", "day of the year, 001 to 366"),
  row("y", "year without its century"),
  row("I", "hour, 01 to 12"),
  row("p", "AM or PM"),
  row("P", "am or pm"),
  row("r", "time: %I:%M:%S %p"),
  row("X", "time: %H:%M:%S"),
  row("x", "date: %m/%d/%y"),
  row("h", "month: Jan"),
  row("C", "century"),
  row("u", "day of the week, 1 to 7, from Monday"),
  row("w", "day of the week, 0 to 6, from Sunday"),
  row("V", "week of the year by ISO 8601"),
  row("G", "year of that week"),
  row("g", "year of that week, without its century"),
  row("U", "week of the year, from Sunday"),
  row("W", "week of the year, from Monday"),
  row("n", "line break"),
  row("t", "tab"),
];
