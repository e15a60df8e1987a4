import { and, isNull, sql } from "drizzle-orm";
import { everyRow, own, userVisible } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { authSessions, externalIdentities, profiles, userContacts, userPreferences, users } from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import { perViewer } from "./factory.js";
import { listBy, type ListSpec } from "./lists.js";

/** Devices on which somebody is signed in now: neither ended nor replaced by their next refresh. */
const signedInNow = and(
  isNull(authSessions.rotatedAt),
  isNull(authSessions.revokedAt),
  sql`${authSessions.expiresAt} > now()`,
);

const sessionList: ListSpec<typeof authSessions, never> = {
  table: authSessions,
  orders: [orderBy("EXPIRES_AT", [authSessions.expiresAt, authSessions.id], true)],
  visible: own(authSessions.userId),
  where: signedInNow,
};

export const identityLoaders = {
  userById: perViewer.oneBy(users, "id", { visible: userVisible }),
  /** Everyone's profile, for the headline that belongs to the public profile; nothing else of it leaves. */
  publicProfileByUser: perViewer.oneBy(profiles, "userId", { visible: everyRow }),
  preferencesById: perViewer.oneBy(userPreferences, "id", { visible: own(userPreferences.userId) }),
  preferencesByUser: perViewer.oneBy(userPreferences, "userId", { visible: own(userPreferences.userId) }),
  contactById: perViewer.oneBy(userContacts, "id", { visible: own(userContacts.userId) }),
  contactsByUser: perViewer.manyBy(userContacts, "userId", [userContacts.kind, userContacts.createdAt, userContacts.id], {
    visible: own(userContacts.userId),
    atMost: bounds.contacts,
  }),
  sessionById: perViewer.oneBy(authSessions, "id", { visible: own(authSessions.userId), where: signedInNow }),
  sessionsByUser: listBy(sessionList, authSessions.userId),
  signInProvidersByUser: perViewer.manyBy(externalIdentities, "userId", [externalIdentities.createdAt], {
    visible: own(externalIdentities.userId),
    atMost: bounds.signInProviders,
  }),
};
