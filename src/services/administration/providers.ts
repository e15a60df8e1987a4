import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { providers, type jobRoles } from "../../db/tables/index.js";
import { reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import type { Keyed } from "../idempotency.js";
import { checkWithStored, clearable, line, webAddress } from "../input.js";
import { nameOf, notClearable } from "../learner/rules.js";
import { slug, slugOf } from "../slugs.js";
import { administer, administerOnce, changeOf, checkChange, written } from "./changes.js";

type ProviderRow = typeof providers.$inferSelect;

const fields = z.object({
  name: nameOf(255),
  slug: slug.nullish(),
  region: clearable(line(100)),
  websiteUrl: clearable(webAddress),
  isNsqfAligned: z.boolean().nullish(),
});

const changeRules = fields.extend({
  id: nodeId("Provider"),
  expectedUpdatedAt: z.string(),
  name: notClearable(nameOf(255)),
  slug: notClearable(slug),
  isNsqfAligned: notClearable(z.boolean()),
});

/**
 * Adds a provider. Without a slug it gets one made from its name.
 * @throws {Rejection} TAKEN when another provider has the slug.
 */
export const createProvider = (viewer: SignedIn, db: Database, input: z.input<typeof fields> & Keyed): Promise<ProviderRow> =>
  administerOnce(viewer, db, "createProvider", input, async (work) => {
    const { slug: wanted, isNsqfAligned, ...rest } = await checkWithStored(fields, { ...input }, ({ name, slug: given }) =>
      slugProblems(work.tx, providers, input.slug == null ? name && slugOf(name) : given),
    );
    const values = { ...rest, slug: wanted ?? slugOf(rest.name), isNsqfAligned: isNsqfAligned ?? true };
    const row = written(await work.tx.insert(providers).values(values).returning(), "provider");
    await audit(work, { action: "catalog.provider_created", entityType: "provider", entityId: row.id, newValues: values });
    return row;
  });

/**
 * Changes a provider.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since; TAKEN when another provider has the slug.
 */
export const updateProvider = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<ProviderRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "provider",
      find: async (id) => (await tx.select().from(providers).where(eq(providers.id, id)).for("no key update"))[0],
      compare: (sound, { id }) => slugProblems(tx, providers, sound.slug, id),
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const next = await tx.update(providers).set({ ...change.newValues, updatedAt: later(providers.updatedAt) }).where(eq(providers.id, id)).returning();
    await audit(work, { action: "catalog.provider_updated", entityType: "provider", entityId: id, ...change });
    return written(next, "provider");
  });

/** TAKEN when another row has the slug; REQUIRED when a name without letters makes none. */
export async function slugProblems(
  tx: Tx,
  table: typeof providers | typeof jobRoles,
  wanted: string | null | undefined,
  except?: string,
): Promise<readonly Problem[]> {
  if (wanted === undefined || wanted === null) return [];
  if (wanted === "") return reject("REQUIRED", "slug", "The name has no letters to make a slug of.").problems;
  const others = and(eq(table.slug, wanted), except === undefined ? undefined : ne(table.id, except));
  return (await tx.$count(table, others)) === 0 ? [] : reject("TAKEN", "slug", `The slug “${wanted}” is taken.`).problems;
}
