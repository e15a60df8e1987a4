import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  endOfLocalDate,
  instantOfWallTime,
  isZone,
  localDate,
  nextMonday,
  weekday,
} from "../../../src/services/streaks/calendar.js";

const zones = [
  "Asia/Kolkata",
  "Europe/Paris",
  "America/New_York",
  "America/Sao_Paulo",
  "America/Havana",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "UTC",
];

describe("the date an instant belongs to", () => {
  it.each([
    ["2025-03-01T18:29:59Z", "Asia/Kolkata", 0, "2025-03-01"],
    ["2025-03-01T18:30:00Z", "Asia/Kolkata", 0, "2025-03-02"],
    ["2025-03-01T20:00:00Z", "Asia/Kolkata", 4, "2025-03-01"],
    ["2025-10-25T22:30:00Z", "Europe/Paris", 0, "2025-10-26"],
    ["2025-10-26T22:30:00Z", "Europe/Paris", 0, "2025-10-26"],
    ["2024-02-29T12:00:00Z", "UTC", 0, "2024-02-29"],
    ["2025-01-01T05:59:59Z", "UTC", 6, "2024-12-31"],
  ])("%s in %s with days starting at %i h is %s", (at, zone, dayStartHour, date) => {
    expect(localDate(Date.parse(at), zone, dayStartHour)).toBe(date);
  });

  it("knows IANA names and refuses bare offsets and nonsense", () => {
    expect(["Asia/Kolkata", "UTC", "America/Argentina/Buenos_Aires"].every(isZone)).toBe(true);
    expect(["+05:30", "-03:00", "Mars/Olympus", "", "Asia/"].some(isZone)).toBe(false);
  });
});

describe("the end of a date", () => {
  it.each([
    ["2025-03-01", "Asia/Kolkata", 0, "2025-03-01T18:30:00Z"],
    ["2025-03-01", "Asia/Kolkata", 4, "2025-03-01T22:30:00Z"],
    ["2025-10-26", "Europe/Paris", 0, "2025-10-26T23:00:00Z"],
    ["2025-03-30", "Europe/Paris", 0, "2025-03-30T22:00:00Z"],
    // Clocks skip 02:00 to 03:00, so the day that starts at 2 starts at 3.
    ["2025-03-29", "Europe/Paris", 2, "2025-03-30T01:00:00Z"],
    // Havana repeats the hour from midnight to 01:00; the date ends the first time.
    ["2025-11-01", "America/Havana", 0, "2025-11-02T04:00:00Z"],
    // Cairo skips midnight altogether.
    ["2025-04-24", "Africa/Cairo", 0, "2025-04-24T22:00:00Z"],
  ])("%s in %s with days starting at %i h ends at %s", (date, zone, dayStartHour, end) => {
    expect(new Date(endOfLocalDate(date, zone, dayStartHour)).toISOString()).toBe(new Date(end).toISOString());
  });

  it("is the boundary between a date and the next in every zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 6 }),
        (at, zone, dayStartHour) => {
          const date = localDate(at, zone, dayStartHour);
          const end = endOfLocalDate(date, zone, dayStartHour);
          expect(end).toBeGreaterThan(at);
          expect(localDate(end - 1, zone, dayStartHour)).toBe(date);
          expect(localDate(end, zone, dayStartHour)).toBe(addDays(date, 1));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("calendar steps", () => {
  it("cross month, leap day and year by date", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2025-02-28", 1)).toBe("2025-03-01");
    expect(addDays("2025-01-01", -1)).toBe("2024-12-31");
  });

  it("count weeks from Monday", () => {
    expect([weekday("2025-03-03"), weekday("2025-03-09")]).toEqual([1, 7]);
    expect(nextMonday("2025-03-03")).toBe("2025-03-10");
    expect(nextMonday("2025-03-09")).toBe("2025-03-10");
  });

  it("read a skipped wall time as the clock change and a repeated one as its first pass", () => {
    const at = (wall: string) => new Date(instantOfWallTime(Date.parse(wall), "Europe/Paris")).toISOString();
    expect(at("2025-03-30T02:30:00Z")).toBe("2025-03-30T01:00:00.000Z");
    expect(at("2025-10-26T02:30:00Z")).toBe("2025-10-26T00:30:00.000Z");
  });
});
