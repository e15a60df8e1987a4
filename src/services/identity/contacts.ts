import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { userContacts } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { phoneNumber } from "../phone.js";
import { lockAccount } from "./accounts.js";
import { email } from "./rules.js";

type ContactRow = typeof userContacts.$inferSelect;
type Kind = ContactRow["kind"];

/** A phone number, kept as E.164. */
const phone = z.string().transform((value, context) => {
  const number = phoneNumber(value);
  if (number) return number;
  context.addIssue({
    code: "custom",
    params: { code: "INVALID_FORMAT" },
    message: "This is no phone number: write the country's code with a plus, or an Indian mobile number.",
  });
  return z.NEVER;
});

const valueRules = { phone, email: email.transform((value) => value.toLowerCase()) } as const;

const isPrimary = z.boolean().nullish();
const addRules = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("phone"), value: valueRules.phone, isPrimary }),
  z.object({ kind: z.literal("email"), value: valueRules.email, isPrimary }),
]);

/**
 * Adds an address or a number; the first of its kind is the primary one.
 * @throws {Rejection} TAKEN when it is there already; CONFLICT beyond twenty.
 */
export async function addContact(
  viewer: SignedIn,
  db: Database,
  input: Keyed,
): Promise<ContactRow> {
  const { kind, value, isPrimary } = check(addRules, input);
  return once(db, viewer, "addContact", input, async ({ tx }) => {
    const contacts = await lockContacts(tx, viewer);
    if (contacts.length >= bounds.contacts) throw reject("CONFLICT", [], `An account has at most ${bounds.contacts} contacts.`);
    refuseTwice(contacts, kind, value);
    const primary = contacts.find((contact) => contact.kind === kind && contact.isPrimary);
    if (isPrimary && primary) await setPrimary(tx, primary.id, false);
    const [contact] = await tx
      .insert(userContacts)
      .values({ userId: viewer.id, kind, value, isPrimary: isPrimary === true || !primary })
      .returning();
    if (!contact) throw new Error("The insert returned no contact.");
    return contact;
  });
}

const updateRules = z.object({ id: nodeId("UserContact"), value: z.string().optional(), isPrimary: z.boolean().optional() });

/**
 * Changes a contact. Another value has to be verified anew; being primary passes from one contact of a
 * kind to the next.
 * @throws {Rejection} NOT_FOUND, TAKEN, or CONFLICT when a kind would be left without a primary one.
 */
export async function updateContact(viewer: SignedIn, db: Database, input: object): Promise<ContactRow> {
  const { id, isPrimary, ...given } = check(updateRules, input);
  return inTransaction(db, viewer, async ({ tx }) => {
    const contacts = await lockContacts(tx, viewer);
    const contact = contacts.find((each) => each.id === id);
    if (!contact) throw missing("id", "contact");
    const changes: Partial<ContactRow> = {};
    if (given.value !== undefined) {
      const { value } = check(z.object({ value: valueRules[contact.kind] }), given);
      if (value !== contact.value) {
        refuseTwice(contacts, contact.kind, value);
        Object.assign(changes, { value, verifiedAt: null });
      }
    }
    if (isPrimary === false && contact.isPrimary) {
      throw reject("CONFLICT", "isPrimary", "Make another contact of this kind the primary one instead.");
    }
    if (isPrimary && !contact.isPrimary) {
      const primary = contacts.find((each) => each.kind === contact.kind && each.isPrimary);
      if (primary) await setPrimary(tx, primary.id, false);
      changes.isPrimary = true;
    }
    if (Object.keys(changes).length === 0) return contact;
    const [changed] = await tx.update(userContacts).set(changes).where(eq(userContacts.id, id)).returning();
    return changed ?? contact;
  });
}

const removeRules = z.object({ id: nodeId("UserContact") });

/**
 * Removes a contact and answers with its key; the oldest other one of its kind becomes primary if it was.
 * @throws {Rejection} NOT_FOUND.
 */
export async function removeContact(viewer: SignedIn, db: Database, input: object): Promise<string> {
  const { id } = check(removeRules, input);
  return inTransaction(db, viewer, async ({ tx }) => {
    const contacts = await lockContacts(tx, viewer);
    const contact = contacts.find((each) => each.id === id);
    if (!contact) throw missing("id", "contact");
    await tx.delete(userContacts).where(and(eq(userContacts.id, id), eq(userContacts.userId, viewer.id)));
    const next = contacts.find((each) => each.kind === contact.kind && each.id !== id);
    if (contact.isPrimary && next) await setPrimary(tx, next.id, true);
    return id;
  });
}

/** The viewer's contacts, oldest first, which nobody else changes meanwhile. */
async function lockContacts(tx: Tx, viewer: SignedIn): Promise<ContactRow[]> {
  await lockAccount(tx, viewer);
  return tx.select().from(userContacts).where(eq(userContacts.userId, viewer.id)).orderBy(asc(userContacts.createdAt), asc(userContacts.id));
}

const setPrimary = (tx: Tx, id: string, isPrimary: boolean) =>
  tx.update(userContacts).set({ isPrimary }).where(eq(userContacts.id, id));

function refuseTwice(contacts: readonly ContactRow[], kind: Kind, value: string): void {
  if (contacts.some((contact) => contact.kind === kind && contact.value === value)) {
    throw reject("TAKEN", "value", "This contact is there already.");
  }
}
