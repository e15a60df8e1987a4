import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous, type SignedIn } from "../../src/auth/viewer.js";
import { auditLogs, nsqfLevels, providers, skillAliases, skills } from "../../src/db/tables/index.js";
import { Forbidden } from "../../src/graphql/errors.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { createProvider } from "../../src/services/administration/providers.js";
import { administration, stale, type Administration } from "../support/administration.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aLevel, aProvider, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let admin: Session;
let lastAudit: Administration["lastAudit"];
let readUpdatedAt: Administration["updatedAt"];
let forbidden: Administration["forbidden"];
beforeAll(async () => {
  app = await startTestApp();
  ({ admin, lastAudit, updatedAt: readUpdatedAt, forbidden } = await administration(app));
});
afterAll(() => app.close());

const gid = (type: string, { id }: { id: string }) => toGlobalId(type, id);
const nobody = (type: string) => toGlobalId(type, randomUUID());
const unique = () => randomUUID().slice(0, 8);
describe("createProvider", () => {
  const selection = "provider { id name slug region websiteUrl isNsqfAligned updatedAt }";
  const row = async (slug: string) => (await app.db.select().from(providers).where(eq(providers.slug, slug)))[0];

  test("adds a provider once for a key, with a slug of its name, and writes who did it", async () => {
    const word = unique();
    const input = { name: `  Café &  Sons ${word}`, region: "Goa", websiteUrl: "https://sons.example", idempotencyKey: randomUUID() };
    const first = await mutate<{ provider: { id: string } }>(app, "createProvider", input, selection, admin);
    const made = { name: `Café & Sons ${word}`, slug: `cafe-and-sons-${word}`, region: "Goa", websiteUrl: "https://sons.example", isNsqfAligned: true };
    expect(first).toMatchObject({ provider: made, errors: [] });
    expect(await mutate(app, "createProvider", input, selection, admin)).toEqual(first);
    const stored = await row(made.slug);
    expect(stored).toMatchObject(made);
    expect(await lastAudit(stored?.id ?? "")).toEqual({ action: "catalog.provider_created", userId: admin.userId, oldValues: null, newValues: made });
    const again = await mutate(app, "createProvider", { ...input, idempotencyKey: randomUUID() }, selection, admin);
    expect(failures(again)).toEqual(["TAKEN at input.slug"]);
  });

  test("keeps the signs of Indian scripts in a slug", async () => {
    const { provider } = await mutate<{ provider: { slug: string } }>(app, "createProvider", { name: "कौशल विकास केंद्र" }, selection, admin);
    expect(provider.slug).toBe("कौशल-विकास-केंद्र");
  });

  test("reports all failures together and writes nothing", async () => {
    const taken = await aProvider(app.db);
    const before = await app.db.$count(providers);
    const bad = { name: " ", slug: taken.slug, region: "x".repeat(101), websiteUrl: "javascript:alert(1)" };
    expect(failures(await mutate(app, "createProvider", bad, selection, admin))).toEqual([
      "TOO_SHORT at input.name", "TOO_LONG at input.region", "INVALID_FORMAT at input.websiteUrl", "TAKEN at input.slug",
    ]);
    expect(failures(await mutate(app, "createProvider", { name: "New", slug: "Not a Slug" }, selection, admin))).toEqual(["INVALID_FORMAT at input.slug"]);
    expect(failures(await mutate(app, "createProvider", { name: "!?" }, selection, admin))).toEqual(["REQUIRED at input.slug"]);
    expect(await app.db.$count(providers)).toBe(before);
  });

  test("is for admins, whoever calls the service", async () => {
    await forbidden("createProvider", { name: "Mine" });
    const teacher: SignedIn = { ...anonymous(), id: admin.userId, role: "teacher" };
    expect(() => createProvider(teacher, app.db, { name: "Mine" })).toThrow(Forbidden);
    expect(await app.db.$count(providers, eq(providers.name, "Mine"))).toBe(0);
  });
});

describe("updateProvider", () => {
  const selection = "provider { name region isNsqfAligned updatedAt }";
  const row = async ({ id }: { id: string }) => (await app.db.select().from(providers).where(eq(providers.id, id)))[0];

  test("changes what is given, audits just that, and everyone reads it at once", async () => {
    const provider = await aProvider(app.db, { region: "Goa", websiteUrl: "https://a.example" });
    const id = gid("Provider", provider);
    const expectedUpdatedAt = await readUpdatedAt(id);
    const input = { id, expectedUpdatedAt, name: "New Name", region: null, isNsqfAligned: true };
    expect(await mutate(app, "updateProvider", input, selection, admin)).toMatchObject({ provider: { name: "New Name", region: null }, errors: [] });
    const { data } = await app.query(`query ($id: ID!) { provider(id: $id) { name region websiteUrl } }`, { id });
    expect(data).toEqual({ provider: { name: "New Name", region: null, websiteUrl: "https://a.example" } });
    expect(await lastAudit(provider.id)).toEqual({
      action: "catalog.provider_updated", userId: admin.userId, oldValues: { name: "Skill House", region: "Goa" }, newValues: { name: "New Name", region: null },
    });
  });

  test("refuses who read it before the last change, and changes nothing for the same values", async () => {
    const provider = await aProvider(app.db);
    const id = gid("Provider", provider);
    const expectedUpdatedAt = await readUpdatedAt(id);
    const same = await mutate<{ provider: { updatedAt: string } }>(app, "updateProvider", { id, expectedUpdatedAt, name: provider.name }, selection, admin);
    expect(same.provider.updatedAt).toBe(expectedUpdatedAt);
    expect(await lastAudit(provider.id)).toBeUndefined();
    const first = await mutate<{ provider: { updatedAt: string } }>(app, "updateProvider", { id, expectedUpdatedAt, name: "First" }, selection, admin);
    const late = await mutate(app, "updateProvider", { id, expectedUpdatedAt, name: "Second" }, selection, admin);
    expect(late).toEqual({ provider: null, errors: [{ code: "CONFLICT", path: ["input", "expectedUpdatedAt"] }] });
    expect(await row(provider)).toMatchObject({ name: "First" });
    const next = await mutate(app, "updateProvider", { id, expectedUpdatedAt: first.provider.updatedAt, name: "Second" }, selection, admin);
    expect(next.errors).toEqual([]);
  });

  test("of two changes at once one comes through", async () => {
    const provider = await aProvider(app.db);
    const input = { id: gid("Provider", provider), expectedUpdatedAt: await readUpdatedAt(gid("Provider", provider)) };
    const both = await Promise.all(["One", "Two"].map((name) => mutate(app, "updateProvider", { ...input, name }, selection, admin)));
    expect(both.flatMap(failures)).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
  });

  test("reports all failures together and changes nothing", async () => {
    const [provider, other] = [await aProvider(app.db), await aProvider(app.db)];
    const bad = { id: gid("Provider", provider), expectedUpdatedAt: stale, name: null, slug: other.slug, isNsqfAligned: null };
    expect(failures(await mutate(app, "updateProvider", bad, selection, admin))).toEqual([
      "REQUIRED at input.name", "REQUIRED at input.isNsqfAligned", "CONFLICT at input.expectedUpdatedAt", "TAKEN at input.slug",
    ]);
    expect(failures(await mutate(app, "updateProvider", { id: nobody("Provider"), expectedUpdatedAt: stale }, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await mutate(app, "updateProvider", { id: nobody("Skill"), expectedUpdatedAt: stale }, selection, admin))).toEqual(["INVALID_ID at input.id"]);
    expect(await row(provider)).toEqual(provider);
  });

  test("is for admins", async () => {
    const provider = await aProvider(app.db);
    await forbidden("updateProvider", { id: gid("Provider", provider), expectedUpdatedAt: stale, name: "Mine" });
    expect(await row(provider)).toEqual(provider);
  });
});

const skillRow = async ({ id }: { id: string }) => (await app.db.select().from(skills).where(eq(skills.id, id)))[0];
const aliasesOf = async ({ id }: { id: string }) =>
  (await app.db.select().from(skillAliases).where(eq(skillAliases.skillId, id)).orderBy(asc(skillAliases.alias))).map(({ alias }) => alias);

describe("skills", () => {
  const selection = "skill { id name category keywords aliases updatedAt }";

  test("are added once for a key", async () => {
    const input = { name: `Soldering ${unique()}`, category: "TECHNICAL", keywords: ["tin", "Tin", "iron"], idempotencyKey: randomUUID() };
    const first = await mutate<{ skill: { id: string } }>(app, "createSkill", input, selection, admin);
    expect(first).toMatchObject({ skill: { name: input.name, category: "TECHNICAL", keywords: ["tin", "iron"], aliases: [] }, errors: [] });
    expect(await mutate(app, "createSkill", input, selection, admin)).toEqual(first);
    const [stored] = await app.db.select().from(skills).where(eq(skills.name, input.name));
    expect(stored).toMatchObject({ category: "technical", keywords: ["tin", "iron"] });
    expect(await lastAudit(stored?.id ?? "")).toMatchObject({ action: "catalog.skill_created", newValues: { name: input.name, category: "technical" } });
  });

  test("are not added under a name or an alias of another, whatever the case", async () => {
    const skill = await aSkill(app.db);
    const alias = `Alias ${unique()}`;
    await app.db.insert(skillAliases).values({ alias, skillId: skill.id });
    const before = await app.db.$count(skills);
    for (const name of [skill.name.toUpperCase(), alias.toUpperCase()]) {
      expect(failures(await mutate(app, "createSkill", { name, keywords: ["x".repeat(101)] }, selection, admin))).toEqual(["TOO_LONG at input.keywords.0", "TAKEN at input.name"]);
    }
    expect(await app.db.$count(skills)).toBe(before);
    await forbidden("createSkill", { name: unique() });
  });

  test("keep their former name as an alias when they are renamed, and take an alias for the name", async () => {
    const word = unique();
    const skill = await aSkill(app.db, { name: `Wireing ${word}`, category: "technical", keywords: ["cable"] });
    const id = gid("Skill", skill);
    const renamed = await mutate<{ skill: { updatedAt: string } }>(
      app, "updateCatalogSkill", { id, expectedUpdatedAt: await readUpdatedAt(id), name: `Wiring ${word}`, category: null, keywords: null }, selection, admin,
    );
    expect(renamed).toMatchObject({ skill: { name: `Wiring ${word}`, category: null, keywords: [], aliases: [`Wireing ${word}`] }, errors: [] });
    expect(await lastAudit(skill.id)).toEqual({
      action: "catalog.skill_updated", userId: admin.userId,
      oldValues: { name: `Wireing ${word}`, category: "technical", keywords: ["cable"], aliases: [] },
      newValues: { name: `Wiring ${word}`, category: null, keywords: [], aliases: [`Wireing ${word}`] },
    });
    const back = await mutate<{ skill: { updatedAt: string } }>(app, "updateCatalogSkill", { id, expectedUpdatedAt: renamed.skill.updatedAt, name: `Wireing ${word}` }, selection, admin);
    expect(back).toMatchObject({ skill: { name: `Wireing ${word}`, aliases: [`Wiring ${word}`] }, errors: [] });
    const cased = await mutate(app, "updateCatalogSkill", { id, expectedUpdatedAt: back.skill.updatedAt, name: `WIREING ${word}` }, selection, admin);
    expect(cased).toMatchObject({ skill: { name: `WIREING ${word}`, aliases: [`Wiring ${word}`] }, errors: [] });
  });

  test("are refused a name that is taken, a stale change, and more aliases than they may have", async () => {
    const [skill, other] = [await aSkill(app.db), await aSkill(app.db)];
    const id = gid("Skill", skill);
    const bad = { id, expectedUpdatedAt: stale, name: other.name.toUpperCase(), keywords: [""] };
    expect(failures(await mutate(app, "updateCatalogSkill", bad, selection, admin))).toEqual([
      "TOO_SHORT at input.keywords.0", "CONFLICT at input.expectedUpdatedAt", "TAKEN at input.name",
    ]);
    await app.db.insert(skillAliases).values(Array.from({ length: 50 }, () => ({ alias: unique() + unique(), skillId: skill.id })));
    const full = { id, expectedUpdatedAt: await readUpdatedAt(id), name: `Another ${unique()}` };
    expect(failures(await mutate(app, "updateCatalogSkill", full, selection, admin))).toEqual(["LIMIT_REACHED at input.name"]);
    expect(failures(await mutate(app, "updateCatalogSkill", { id: nobody("Skill"), expectedUpdatedAt: stale }, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateCatalogSkill", full);
    expect(await skillRow(skill)).toEqual(skill);
  });
});

describe("aliases of skills", () => {
  const selection = "skill { aliases updatedAt }";

  test("are added, once, and lead to the skill; the skill counts as changed", async () => {
    const skill = await aSkill(app.db);
    const [skillId, alias] = [gid("Skill", skill), `Fitting ${unique()}`];
    const before = await readUpdatedAt(skillId);
    const added = await mutate<{ skill: { updatedAt: string } }>(app, "addSkillAlias", { skillId, alias }, selection, admin);
    expect(added).toMatchObject({ skill: { aliases: [alias] }, errors: [] });
    expect(added.skill.updatedAt).not.toBe(before);
    expect(await mutate(app, "addSkillAlias", { skillId, alias: alias.toUpperCase() }, selection, admin)).toEqual(added);
    expect(await aliasesOf(skill)).toEqual([alias]);
    expect(await lastAudit(skill.id)).toMatchObject({ action: "catalog.skill_alias_added", newValues: { alias } });
    const { data } = await app.query(`query ($name: String) { skills(where: {search: $name}) { nodes { id } } }`, { name: alias });
    expect(data).toEqual({ skills: { nodes: [{ id: skillId }] } });
  });

  test("are refused when they name a skill, are another's, or are too many", async () => {
    const [skill, other] = [await aSkill(app.db), await aSkill(app.db)];
    const [skillId, alias] = [gid("Skill", skill), unique() + unique()];
    await app.db.insert(skillAliases).values({ alias, skillId: other.id });
    for (const taken of [alias.toUpperCase(), other.name.toUpperCase(), skill.name]) {
      expect(failures(await mutate(app, "addSkillAlias", { skillId, alias: taken }, selection, admin))).toEqual(["TAKEN at input.alias"]);
    }
    expect(failures(await mutate(app, "addSkillAlias", { skillId: nobody("Skill"), alias }, selection, admin))).toEqual([
      "NOT_FOUND at input.skillId", "TAKEN at input.alias",
    ]);
    expect(failures(await mutate(app, "addSkillAlias", { skillId: "x", alias: " " }, selection, admin))).toEqual([
      "INVALID_ID at input.skillId", "TOO_SHORT at input.alias",
    ]);
    await app.db.insert(skillAliases).values(Array.from({ length: 50 }, () => ({ alias: unique() + unique(), skillId: skill.id })));
    expect(failures(await mutate(app, "addSkillAlias", { skillId, alias: unique() + unique() }, selection, admin))).toEqual(["LIMIT_REACHED at input.alias"]);
    await forbidden("addSkillAlias", { skillId, alias: "Mine" });
    expect(await aliasesOf(skill)).toHaveLength(50);
    expect(await skillRow(skill)).toEqual(skill);
  });

  test("and names of skills stay apart, also when both come at once", async () => {
    const skill = await aSkill(app.db);
    for (let round = 0; round < 4; round++) {
      const word = unique() + unique();
      const answers = await Promise.all([
        mutate(app, "addSkillAlias", { skillId: gid("Skill", skill), alias: word }, selection, admin),
        mutate(app, "createSkill", { name: word.toUpperCase() }, selection, admin),
      ]);
      expect(answers.flatMap(failures)).toHaveLength(1);
      expect((await app.db.$count(skills, eq(skills.name, word))) + (await app.db.$count(skillAliases, eq(skillAliases.alias, word)))).toBe(1);
    }
  });

  test("are taken away, whatever the case, from their own skill only", async () => {
    const [skill, other] = [await aSkill(app.db), await aSkill(app.db)];
    const [skillId, alias] = [gid("Skill", skill), `Joining ${unique()}`];
    await app.db.insert(skillAliases).values({ alias, skillId: skill.id });
    await forbidden("removeSkillAlias", { skillId, alias });
    expect(failures(await mutate(app, "removeSkillAlias", { skillId: gid("Skill", other), alias }, selection, admin))).toEqual(["NOT_FOUND at input.alias"]);
    expect(failures(await mutate(app, "removeSkillAlias", { skillId: nobody("Skill"), alias }, selection, admin))).toEqual(["NOT_FOUND at input.skillId"]);
    expect(await aliasesOf(skill)).toEqual([alias]);
    expect(await mutate(app, "removeSkillAlias", { skillId, alias: alias.toUpperCase() }, selection, admin)).toMatchObject({ skill: { aliases: [] }, errors: [] });
    expect(await aliasesOf(skill)).toEqual([]);
    expect(await lastAudit(skill.id)).toMatchObject({ action: "catalog.skill_alias_removed", oldValues: { alias } });
  });
});

describe("updateNsqfLevel", () => {
  const selection = "nsqfLevel { level description typicalEntry }";
  const row = async (level: string) => (await app.db.select().from(nsqfLevels).where(eq(nsqfLevels.level, level)))[0];

  test("changes what is said of a level, and says in the log of which", async () => {
    const id = toGlobalId("NsqfLevel", await aLevel(app.db, "6.5"));
    const input = { id, expectedUpdatedAt: await readUpdatedAt(id), description: "Leads others.", typicalEntry: "A degree" };
    expect(await mutate(app, "updateNsqfLevel", input, selection, admin)).toEqual({
      nsqfLevel: { level: 6.5, description: "Leads others.", typicalEntry: "A degree" }, errors: [],
    });
    const [line] = await app.db.select().from(auditLogs).where(eq(auditLogs.entityKey, "6.5"));
    expect(line).toMatchObject({
      action: "catalog.nsqf_level_updated", entityId: null,
      oldValues: { description: "Level 6.5", typicalEntry: null }, newValues: { description: "Leads others.", typicalEntry: "A degree" },
    });
  });

  test("is refused when it is stale, invalid or of no level, and for all but admins", async () => {
    const id = toGlobalId("NsqfLevel", await aLevel(app.db, "7.0"));
    const bad = { id, expectedUpdatedAt: stale, description: null, typicalEntry: "x".repeat(501) };
    expect(failures(await mutate(app, "updateNsqfLevel", bad, selection, admin))).toEqual([
      "REQUIRED at input.description", "TOO_LONG at input.typicalEntry", "CONFLICT at input.expectedUpdatedAt",
    ]);
    expect(failures(await mutate(app, "updateNsqfLevel", { ...bad, id: toGlobalId("NsqfLevel", "9.5"), description: "x", typicalEntry: null }, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateNsqfLevel", { id, expectedUpdatedAt: stale, description: "Mine" });
    expect(await row("7.0")).toMatchObject({ description: "Level 7.0", typicalEntry: null });
  });
});
