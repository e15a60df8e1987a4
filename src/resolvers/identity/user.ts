import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { authSessions, userPreferences, users } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import { PageArgs } from "../../graphql/connection.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import {
  AuthSession, AuthSessionConnection, SignInProvider, User, UserContact, UserPreferences,
} from "../../schema/identity/user.js";

type UserRow = typeof users.$inferSelect;

@Resolver()
export class UserQueries {
  @Public()
  @Query(() => User, { nullable: true, description: "Who is asking; null for anonymous callers." })
  viewer(@Ctx() { viewer, loaders }: Context) {
    return viewer.id === null ? null : loaders.userById.load(viewer.id);
  }

  @Can("signedIn")
  @Query(() => User, { nullable: true, description: "One person; null when there is none." })
  user(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.userById.load(keyOf("User", id));
  }
}

@Resolver(() => User)
export class UserEdges {
  @Can("signedIn")
  @FieldResolver(() => String, { nullable: true, description: "What the person says in a line about themselves." })
  async headline(@Root() user: UserRow, @Ctx() { loaders }: Context) {
    return (await loaders.publicProfileByUser.load(user.id))?.headline ?? null;
  }

  @Can("self")
  @FieldResolver(() => UserPreferences, { nullable: true, description: "Settings of the user." })
  preferences(@Root() user: UserRow, @Ctx() { loaders }: Context) {
    return loaders.preferencesByUser.load(user.id);
  }

  @Bound(bounds.contacts)
  @Can("self")
  @FieldResolver(() => [UserContact], { nullable: true, description: "Further addresses and phone numbers." })
  contacts(@Root() user: UserRow, @Ctx() { loaders }: Context) {
    return loaders.contactsByUser.load(user.id);
  }

  @Can("self")
  @FieldResolver(() => String, { nullable: true, description: "The primary phone number." })
  async phone(@Root() user: UserRow, @Ctx() { loaders }: Context) {
    const contacts = await loaders.contactsByUser.load(user.id);
    return contacts.find(({ kind, isPrimary }) => kind === "phone" && isPrimary)?.value ?? null;
  }

  @Can("self")
  @FieldResolver(() => AuthSessionConnection, { nullable: true, description: "Devices on which the user is signed in now." })
  sessions(@Root() user: UserRow, @Args(() => PageArgs) args: PageArgs, @Ctx() { loaders }: Context) {
    return loaders.sessionsByUser.page(user.id, args);
  }

  @Bound(bounds.signInProviders)
  @Can("self")
  @FieldResolver(() => [SignInProvider], { nullable: true, description: "Outside providers whose accounts open this one." })
  signInProviders(@Root() user: UserRow, @Ctx() { loaders }: Context) {
    return loaders.signInProvidersByUser.load(user.id);
  }
}

@Resolver(() => UserPreferences)
export class UserPreferencesEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose settings these are." })
  user(@Root() preferences: typeof userPreferences.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.userById.load(preferences.userId);
  }
}

@Resolver(() => AuthSession)
export class AuthSessionEdges {
  @Can("owner")
  @FieldResolver(() => Boolean, { nullable: true, description: "Is this the device that is asking?" })
  isCurrent(@Root() session: typeof authSessions.$inferSelect, @Ctx() { viewer }: Context) {
    return session.id === viewer.sessionId;
  }
}
