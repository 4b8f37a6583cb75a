/** Times that programs captured, put on the wall clock and formatted like strftime. */

import { uptime } from "node:os";

import { zoneName } from "./zone-name.ts";

/** Nanoseconds to add to a clock of the kernel to get nanoseconds since the epoch. */
export interface ClockOffsets {
  readonly boot: bigint;
  readonly tai: bigint;
}

/** Clock of a captured time. Source: `CallDetail` "clock" and the lowering of `strftime`. */
const MODE_TAI = 2;
const MODE_SOFTWARE_TAI = 3;

/** Printed where a format gives no text: strftime(3) calls that a failure. */
const NO_TIME = "(?)";

/** The wall clock was set when it is off by more than two readings of these clocks can differ. */
const SET_NANOSECONDS = 100_000_000n;

/**
 * The offsets as the loader measured them at its start, and moved with the wall clock when somebody sets that meanwhile:
 * times printed from then on are by the new clock.
 */
export function clockOffsets(
  { wallAhead, taiAhead }: { readonly wallAhead: bigint; readonly taiAhead: bigint },
  coarseWallAhead: () => bigint = readWallAhead,
): () => ClockOffsets {
  const atStart = coarseWallAhead();
  const tai = wallAhead - taiAhead;
  return () => {
    const moved = coarseWallAhead() - atStart;
    const set = moved > SET_NANOSECONDS || moved < -SET_NANOSECONDS;
    return { boot: set ? wallAhead + moved : wallAhead, tai };
  };
}

/** How far the wall clock is ahead of the time since boot, to a hundredth of a second. */
function readWallAhead(): bigint {
  return BigInt(Date.now()) * 1_000_000n - BigInt(Math.round(uptime() * 1e9));
}

export function formatTime(format: string, mode: number, nanoseconds: bigint, clocks: ClockOffsets): string {
  const offset = mode === MODE_TAI || mode === MODE_SOFTWARE_TAI ? clocks.tai : clocks.boot;
  return strftime(format, nanoseconds + offset) || NO_TIME;
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number, fill = "0"): string => value.toString().padStart(2, fill);

/** @param epochNs nanoseconds since 1970 in UTC; the text is in local time. Conversions as strftime(3), and %f, %l, %k. */
export function strftime(format: string, epochNs: bigint): string {
  const date = new Date(Number(epochNs / 1_000_000n));
  const fraction = (((epochNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)
    .toString()
    .padStart(9, "0");
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => {
    if (letter === "f") return fraction.slice(0, 6);
    if (letter === "l") return fraction.slice(0, 3);
    if (letter === "k") return fraction;
    return dateText(letter, date) ?? weekText(letter, date) ?? clockText(letter, date) ?? whole;
  });
}

function dateText(letter: string, date: Date): string | undefined {
  const day = days[date.getDay()] ?? "";
  const month = months[date.getMonth()] ?? "";
  switch (letter) {
    case "a":
      return day.slice(0, 3);
    case "A":
      return day;
    case "b":
    case "h":
      return month.slice(0, 3);
    case "B":
      return month;
    case "C":
      return two(Math.floor(date.getFullYear() / 100));
    case "d":
      return two(date.getDate());
    case "D":
    case "x":
      return `${two(date.getMonth() + 1)}/${two(date.getDate())}/${two(date.getFullYear() % 100)}`;
    case "e":
      return two(date.getDate(), " ");
    case "F":
      return `${date.getFullYear().toString()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    case "j":
      return dayOfYear(date).toString().padStart(3, "0");
    case "m":
      return two(date.getMonth() + 1);
    case "u":
      return (date.getDay() || 7).toString();
    case "w":
      return date.getDay().toString();
    case "y":
      return two(date.getFullYear() % 100);
    case "Y":
      return date.getFullYear().toString();
    default:
      return undefined;
  }
}

/** Weeks of the year, by the three ways of counting them. */
function weekText(letter: string, date: Date): string | undefined {
  const day = dayOfYear(date) - 1;
  const afterMonday = (date.getDay() + 6) % 7;
  switch (letter) {
    case "U":
      return two(Math.floor((day + 7 - date.getDay()) / 7));
    case "W":
      return two(Math.floor((day + 7 - afterMonday) / 7));
    case "V":
      return two(Math.ceil(dayOfYear(thursdayOf(date)) / 7));
    case "G":
      return thursdayOf(date).getFullYear().toString();
    case "g":
      return two(thursdayOf(date).getFullYear() % 100);
    default:
      return undefined;
  }
}

/** Of the same week from Monday on: ISO 8601 counts a week to the year of it. */
function thursdayOf(date: Date): Date {
  const afterMonday = (date.getDay() + 6) % 7;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 3 - afterMonday);
}

function clockText(letter: string, date: Date): string | undefined {
  const hours12 = date.getHours() % 12 || 12;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  switch (letter) {
    case "H":
      return two(date.getHours());
    case "I":
      return two(hours12);
    case "M":
      return two(date.getMinutes());
    case "S":
      return two(date.getSeconds());
    case "p":
      return date.getHours() < 12 ? "AM" : "PM";
    case "P":
      return date.getHours() < 12 ? "am" : "pm";
    case "R":
      return time;
    case "T":
    case "X":
      return `${time}:${two(date.getSeconds())}`;
    case "r":
      return `${two(hours12)}:${two(date.getMinutes())}:${two(date.getSeconds())} ${date.getHours() < 12 ? "AM" : "PM"}`;
    case "c":
      return `${dateText("a", date) ?? ""} ${dateText("b", date) ?? ""} ${dateText("e", date) ?? ""} ${time}:${two(date.getSeconds())} ${date.getFullYear().toString()}`;
    case "s":
      return Math.floor(date.getTime() / 1000).toString();
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "z":
      return zoneText(date);
    case "Z":
      return zoneName(date);
    case "%":
      return "%";
    default:
      return undefined;
  }
}

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getFullYear(), 0, 1);
  return Math.floor((Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - start) / 86_400_000) + 1;
}

function zoneText(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const magnitude = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(magnitude / 60))}${two(magnitude % 60)}`;
}

/** Time of day in local time, with as many digits of the second as asked for. */
export function localTimeText(epochNs: bigint, fractionDigits: number): string {
  const time = strftime("%H:%M:%S", epochNs);
  return fractionDigits === 0 ? time : `${time}.${strftime("%k", epochNs).slice(0, fractionDigits)}`;
}
