import { randomUUID } from "node:crypto";
import { eq, getTableName, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous, type Viewer } from "../../src/auth/viewer.js";
import { own } from "../../src/auth/visibility.js";
import { courses, enrollments, providers } from "../../src/db/tables/index.js";
import { rendered } from "../../src/db/statements.js";
import { createSchema } from "../../src/graphql/schema.js";
import { perViewer, shared } from "../../src/loaders/factory.js";
import { createLoaders, declarationOf, loaderNames, type Declaration } from "../../src/loaders/index.js";
import { valuesOf, type Read, type Readable, type Scope } from "../../src/loaders/source.js";
import { resolvers } from "../../src/resolvers/index.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aUser } from "../support/builders.js";
import { tableOf } from "../support/node-tables.js";
import { countStatements } from "../support/statements.js";
import { people } from "./authorisation/expected-rows.js";
import { buildWorld } from "./authorisation/world.js";

interface Declared {
  name: string;
  declaration: Declaration;
  scope: Scope;
  read: Read<unknown>;
}

const isReadable = (declaration: Declaration): declaration is Readable<unknown> => "scope" in declaration;

/** What each declaration reads; lists are each viewer's own. */
const declared = loaderNames.flatMap((name): Declared[] => {
  const declaration = declarationOf(name);
  if (!declaration) return [];
  if (isReadable(declaration)) return [{ name, declaration, scope: declaration.scope, read: declaration.read }];
  if (!("pageRead" in declaration)) return [];
  return [{ name, declaration, scope: "perViewer", read: declaration.pageRead({ first: 1 }, false).read }];
});
const inScope = (scope: Scope) => declared.filter((one) => one.scope === scope);

describe("a shared loader", () => {
  const schema = createSchema(resolvers);
  const viewers = (["student", "teacher", "admin"] as const).map((role): Viewer => ({ ...anonymous(), id: randomUUID(), role }));
  const conditions = declared.flatMap(({ read }) => [anonymous(), ...viewers].map((viewer) => read.visible?.(viewer)));
  const guards = conditions.flatMap((condition) => (condition ? rendered(condition).sql : [])).join(" ");

  test("is what the catalogue's rows are read with", () => {
    expect(inScope("shared").map(({ name }) => name)).toEqual(expect.arrayContaining(["providerById", "skillById", "careerPathById"]));
  });

  test.each(inScope("shared"))("holds no rows that depend on who asks: $name", ({ read }) => {
    expect(guards).toContain(nameOf(courses));
    expect(guards).not.toContain(nameOf(read.table));
    const types = Object.keys(tableOf).filter((type) => tableOf[type] === read.table);
    expect(types.map((type) => schema.getType(type)?.extensions["policy"])).toEqual(types.map(() => "public"));
  });

  test("takes no condition on the viewer", () => {
    // @ts-expect-error `visible` belongs to the other scopes.
    shared.oneBy(enrollments, "id", { visible: own(enrollments.userId) });
    // @ts-expect-error and there it has to be given.
    perViewer.oneBy(enrollments, "id", {});
  });
});

describe("across requests", () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startTestApp()));
  afterAll(() => app.close());

  test("keys of one turn are one statement, and what changes is seen by the next", async () => {
    const [row] = await app.db.insert(providers).values({ name: "Before", slug: "before" }).returning();
    const id = row?.id ?? "";
    const ask = async () => (await createLoaders(app.db, anonymous()).providerById.load(id))?.name;
    const { result, statements } = await countStatements(app.engine, () => Promise.all([ask(), ask(), ask()]));
    expect(result).toEqual(["Before", "Before", "Before"]);
    expect(statements).toHaveLength(1);
    await app.db.update(providers).set({ name: "After" }).where(eq(providers.id, id));
    expect(await ask()).toBe("After");
  });

  test("a draft reaches its author in one batch with those who may not see it", async () => {
    const { user: author } = await aUser(app.db, { role: "teacher" });
    const { user: other } = await aUser(app.db, { role: "teacher" });
    const draft = await aCourse(app.db, { status: "draft", createdById: author.id });
    const ask = (viewer: Viewer) => createLoaders(app.db, viewer).courseById.load(draft.id);
    const found = await Promise.all([ask(as(author)), ask(as(other)), ask(anonymous())]);
    expect(found.map((course) => course?.id)).toEqual([draft.id, undefined, undefined]);
  });
});

describe("what is public first", () => {
  let app: TestApp;
  let viewers: Viewer[];
  beforeAll(async () => {
    app = await startTestApp(anyCost);
    const world = await buildWorld(app);
    viewers = await Promise.all(
      people.map((person) => app.services.authenticator.authenticate(bearer(world.sessions[person]), { ip: null, userAgent: null })),
    );
  });
  afterAll(() => app.close());

  const valuesFor = (viewer: Viewer, { declaration, read }: Declared, keys: string[]) =>
    valuesOf(createLoaders(app.db, viewer), declaration, read, keys);

  test.each(inScope("publicFirst"))("is for every viewer as it is for all: $name", async (one) => {
    const { key } = one.read;
    if (!key) throw new Error("Only rows under keys are loaded");
    const keys = (await app.db.selectDistinct({ key: sql<string>`${key}::text` }).from(key.table)).map((row) => row.key);
    const open = await valuesFor(anonymous(), one, keys);
    const isOpen = open.map((value) => value !== null && value !== 0 && !isEmpty(value));
    expect(isOpen).toContain(true);
    for (const viewer of viewers) {
      const own = await valuesFor(viewer, one, keys);
      expect(own.filter((_, at) => isOpen[at])).toEqual(open.filter((_, at) => isOpen[at]));
    }
  });

  test("leaves something to ask for in the viewer's own name", async () => {
    const drafts = await app.db.select({ id: courses.id }).from(courses).where(eq(courses.status, "draft"));
    const [one] = inScope("publicFirst").filter(({ name }) => name === "courseById");
    const admin = viewers.find(({ role }) => role === "admin");
    if (!one || !admin) throw new Error("There is no loader of courses, or nobody who sees all of them");
    const keys = drafts.map(({ id }) => id);
    expect(await valuesFor(anonymous(), one, keys)).toEqual(keys.map(() => null));
    expect(await valuesFor(admin, one, keys)).toEqual(keys.map((id) => expect.objectContaining({ id })));
  });
});

/** As it stands in front of a column. */
const nameOf = (table: PgTable): string => `"${getTableConfig(table).schema}"."${getTableName(table)}".`;
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const bearer = (session: Session | undefined): string | undefined => session && `Bearer ${session.token}`;
const as = ({ id, role }: { id: string; role: Viewer["role"] }): Viewer => ({ ...anonymous(), id, role });
