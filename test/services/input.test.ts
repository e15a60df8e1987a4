import { expect, test } from "vitest";
import { z } from "zod";
import { reject, Rejection, type Problem } from "../../src/graphql/errors.js";
import { check, checkWithStored, clearable, line, problemsOf, webAddress, whole } from "../../src/services/input.js";

async function problemsIn(run: () => unknown): Promise<readonly Problem[]> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Rejection) return error.problems;
    throw error;
  }
  return [];
}

test.each<[what: string, rules: z.ZodType, value: unknown, code: string, message: string]>([
  ["a text that is a number", z.string(), 1, "INVALID", "This must be a text."],
  ["a number that is a text", z.number(), "1", "INVALID", "This must be a number."],
  ["a whole number that is broken", z.int(), 1.5, "INVALID", "This must be a whole number."],
  ["a yes or no that is a text", z.boolean(), "yes", "INVALID", "This must be true or false."],
  ["a list that is a text", z.array(z.string()), "x", "INVALID", "This must be a list."],
  ["an object that is a list", z.record(z.string(), z.unknown()), [], "INVALID", "This must be an object."],
  ["an object with rules that is a text", z.object({}), "x", "INVALID", "This must be an object."],
  ["a day that is a number", z.date(), 1, "INVALID", "This must be of another kind."],
  ["an unknown word of three", z.enum(["light", "dark", "as_is"]), "red", "INVALID", "This must be LIGHT, DARK or AS_IS."],
  ["another word than the one", z.literal("phone"), "email", "INVALID", "This must be PHONE."],
  ["null for a text", z.string().optional(), null, "REQUIRED", "This cannot be cleared."],
  ["null for a word", z.enum(["light", "dark"]).optional(), null, "REQUIRED", "This cannot be cleared."],
  ["null for a number with a range", whole(1, 7).optional(), null, "REQUIRED", "This cannot be cleared."],
  ["null for an address", webAddress, null, "REQUIRED", "This cannot be cleared."],
  ["an absent text", z.string(), undefined, "REQUIRED", "This must be given."],
  ["an empty text", clearable(line(5)), " ", "TOO_SHORT", "This must not be empty."],
  ["a text with the character NUL", line(5), "a\0b", "INVALID", "This may not contain the character NUL or half a character."],
  ["the first half of a character", line(5), "a\ud83d", "INVALID", "This may not contain the character NUL or half a character."],
  ["the second half of a character", clearable(line(5)), "\udc4db", "INVALID", "This may not contain the character NUL or half a character."],
  ["a long text", line(5), "123456", "TOO_LONG", "This may have at most 5 characters."],
  ["a short text", z.string().min(2), "1", "TOO_SHORT", "This must have at least 2 characters."],
  ["a long list", z.array(z.number()).max(1), [1, 2], "TOO_LONG", "This may have at most 1 item."],
  ["a short list", z.array(z.number()).min(2), [1], "TOO_SHORT", "This must have at least 2 items."],
  ["a small number", z.number().min(1), 0, "OUT_OF_RANGE", "This must be at least 1."],
  ["a big number", z.number().max(3), 4, "OUT_OF_RANGE", "This must be at most 3."],
  ["a whole number out of its range", whole(1, 7), 8, "OUT_OF_RANGE", "This must be a whole number from 1 to 7."],
  ["a text of another form", z.uuid(), "x", "INVALID_FORMAT", "This does not have the right form."],
  ["a web address of another kind", webAddress, "javascript:alert(1)", "INVALID_FORMAT", "This must be an http or https address."],
  ["neither of two kinds", z.union([z.string(), z.number()]), true, "INVALID", "This is not a value that fits here."],
])("%s is refused in plain words", async (_what, rules, value, code, message) => {
  expect(await problemsIn(() => check(z.object({ field: rules }), { field: value }))).toEqual([{ code, path: ["input", "field"], message }]);
});

const rules = z.object({ name: line(5), age: whole(0, 150), note: clearable(line(5)) });

test("stored data is asked about the sound fields, and its failures stand beside those of the rules", async () => {
  const asked: object[] = [];
  const refused = await problemsIn(() =>
    checkWithStored(rules, { name: " Meera ", age: 200 }, async (sound) => {
      asked.push(sound);
      return reject("TAKEN", "name", "This name is taken.").problems;
    }),
  );
  expect(asked).toEqual([{ name: "Meera", note: undefined }]);
  expect(refused.map(({ code, path }) => `${code} at ${path.join(".")}`)).toEqual(["OUT_OF_RANGE at input.age", "TAKEN at input.name"]);
});

test("an input that rules and stored data allow is handed on cleaned", async () => {
  expect(await checkWithStored(rules, { name: " Meera ", age: 20, note: null }, async () => [])).toEqual({ name: "Meera", age: 20, note: null });
  expect(check(line(5), "मी 👍")).toBe("मी 👍");
});

test("only expected failures of a step become problems", async () => {
  expect(await problemsOf(Promise.resolve("done"))).toEqual([]);
  const refused = reject("CONFLICT", "name", "Not now.");
  expect(await problemsOf(Promise.reject(refused))).toEqual(refused.problems);
  await expect(problemsOf(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});
