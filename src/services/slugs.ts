import { z } from "zod";

const longest = 100;

/** The short name in addresses that a name becomes: `Skill House (North)` becomes `skill-house-north`. Empty when it has no letters. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    // Accents of Latin letters go; signs of Indian scripts are marks too, and stay.
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");

/** A short name in addresses: lower-case letters and digits, words joined by single hyphens, at most 100 characters. */
export const slug = z
  .string()
  .min(1)
  .max(longest)
  .refine((text) => text === "" || slugOf(text) === text, {
    params: { code: "INVALID_FORMAT" },
    message: "This must be lower-case letters and digits, with a hyphen between words.",
  });
