import { expect, test } from "vitest";
import { phoneNumber } from "../../src/services/phone.js";

test("phone numbers become E.164, Indian mobile numbers without a country code get +91", () => {
  for (const text of ["9876543210", "98765 43210", "098765-43210", "919876543210", "+91 (98765) 43210", " +919876543210 "]) {
    expect(phoneNumber(text)).toBe("+919876543210");
  }
  expect(phoneNumber("+91 11 2345 6789")).toBe("+911123456789");
  expect(phoneNumber("+44 20 7946 0958")).toBe("+442079460958");
});

test("what is no phone number is none", () => {
  for (const text of ["", "12345", "1234567890", "+9198765432", "+0123456789", "+1234567890123456", "98765x3210", "phone"]) {
    expect(phoneNumber(text)).toBeNull();
  }
});
