import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import { actAs, type Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  ChangePasswordInput, ChangePasswordPayload, DeleteAccountInput, DeleteAccountPayload, UpdatePreferencesInput,
  UpdatePreferencesPayload, UpdateUserInput, UpdateUserPayload,
} from "../../schema/identity/account-mutations.js";
import {
  UpdateUserRoleInput, UpdateUserRolePayload, UpdateUserStatusInput, UpdateUserStatusPayload,
} from "../../schema/identity/administration.js";
import {
  AddContactInput, AddContactPayload, RemoveContactInput, RemoveContactPayload, UpdateContactInput,
  UpdateContactPayload,
} from "../../schema/identity/contact-mutations.js";
import {
  RefreshSessionInput, RefreshSessionPayload, SignInInput, SignInPayload, SignOutEverywhereInput,
  SignOutEverywherePayload, SignOutInput, SignOutPayload, SignUpInput, SignUpPayload,
} from "../../schema/identity/session-mutations.js";
import { updateUserRole, updateUserStatus } from "../../services/identity/administration.js";
import { addContact, removeContact, updateContact } from "../../services/identity/contacts.js";
import { changePassword, deleteAccount, updateUser } from "../../services/identity/own-account.js";
import { updatePreferences } from "../../services/identity/preferences.js";
import { refreshSession, signOut, signOutEverywhere, type SignedInAnswer } from "../../services/identity/sessions.js";
import { signIn, signUp, type SignInParts } from "../../services/identity/sign-in.js";

/** What services need to check passwords, with attempts counted for this operation and address. */
function parts(context: Context, counter: "guesses" | "signUps" = "guesses"): SignInParts {
  const { passwords, tokens, attempts, viewer } = context;
  const guess = (account: string) => attempts[counter].take({ operation: context, address: viewer.ip, account });
  return { passwords, tokens, guess };
}

/** The payload of a sign-in; the rest of the operation acts as the user who signed in. */
function welcome(context: Context, { viewer, ...payload }: SignedInAnswer): Omit<SignedInAnswer, "viewer"> {
  actAs(context, viewer);
  return payload;
}

@Resolver()
export class SessionMutations {
  @Public()
  @Mutation(() => SignUpPayload, { description: "Makes an account of a learner and signs it in." })
  async signUp(@Arg("input", () => SignUpInput, { description: "Who wants to learn here." }) input: SignUpInput, @Ctx() context: Context) {
    return welcome(context, await signUp(context.viewer, context.db, input, parts(context, "signUps")));
  }

  @Public()
  @Mutation(() => SignInPayload, { description: "Signs in on a new device; ten wrong guesses in a quarter of an hour are the most." })
  async signIn(@Arg("input", () => SignInInput, { description: "Who is there." }) input: SignInInput, @Ctx() context: Context) {
    return welcome(context, await signIn(context.viewer, context.db, input, parts(context)));
  }

  @Public()
  @Mutation(() => RefreshSessionPayload, { description: "Changes a refresh token into a new pair of tokens, once." })
  async refreshSession(
    @Arg("input", () => RefreshSessionInput, { description: "The token." }) input: RefreshSessionInput,
    @Ctx() context: Context,
  ) {
    return welcome(context, await refreshSession(context.viewer, context.db, input, context.tokens));
  }

  @Can("signedIn")
  @Mutation(() => SignOutPayload, { description: "Signs out this device or another one of the viewer." })
  async signOut(
    @Arg("input", () => SignOutInput, { description: "Which device." }) input: SignOutInput,
    @Ctx() { viewer, db, authenticator }: Context,
  ) {
    const { userId, sessionId } = await signOut(signedIn(viewer), db, input);
    authenticator.forget(userId);
    return { sessionId: toGlobalId("AuthSession", sessionId) };
  }

  @Can("signedIn")
  @Mutation(() => SignOutEverywherePayload, { description: "Signs out every device of the viewer." })
  async signOutEverywhere(
    @Arg("input", () => SignOutEverywhereInput, { description: "Which devices." }) input: SignOutEverywhereInput,
    @Ctx() { viewer, db, authenticator }: Context,
  ) {
    const user = signedIn(viewer);
    const answer = await signOutEverywhere(user, db, input);
    authenticator.forget(user.id);
    return answer;
  }
}

@Resolver()
export class AccountMutations {
  @Can("signedIn")
  @Mutation(() => ChangePasswordPayload, { description: "Replaces the viewer's password and signs out all other devices." })
  async changePassword(
    @Arg("input", () => ChangePasswordInput, { description: "Both passwords." }) input: ChangePasswordInput,
    @Ctx() context: Context,
  ) {
    const viewer = signedIn(context.viewer);
    const user = await changePassword(viewer, context.db, input, parts(context));
    context.authenticator.forget(viewer.id);
    return { user };
  }

  @Can("signedIn")
  @Mutation(() => UpdateUserPayload, { description: "Changes the viewer's account; the time zone has `updateStreakSettings`." })
  async updateUser(
    @Arg("input", () => UpdateUserInput, { description: "The changes." }) input: UpdateUserInput,
    @Ctx() context: Context,
  ) {
    return { user: await updateUser(signedIn(context.viewer), context.db, input, parts(context)) };
  }

  @Can("signedIn")
  @Mutation(() => DeleteAccountPayload, { description: "Deletes the viewer's account and signs it out everywhere." })
  async deleteAccount(
    @Arg("input", () => DeleteAccountInput, { description: "The confirmation." }) input: DeleteAccountInput,
    @Ctx() context: Context,
  ) {
    const viewer = signedIn(context.viewer);
    await deleteAccount(viewer, context.db, input, parts(context));
    context.authenticator.forget(viewer.id);
    return { userId: toGlobalId("User", viewer.id) };
  }

  @Can("signedIn")
  @Mutation(() => UpdatePreferencesPayload, { description: "Changes the viewer's settings." })
  async updatePreferences(
    @Arg("input", () => UpdatePreferencesInput, { description: "The changes." }) input: UpdatePreferencesInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { preferences: await updatePreferences(signedIn(viewer), db, input) };
  }
}

@Resolver()
export class ContactMutations {
  @Can("signedIn")
  @Mutation(() => AddContactPayload, { description: "Adds an address or a number of the viewer." })
  async addContact(
    @Arg("input", () => AddContactInput, { description: "The contact." }) input: AddContactInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { contact: await addContact(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpdateContactPayload, { description: "Changes an address or a number of the viewer." })
  async updateContact(
    @Arg("input", () => UpdateContactInput, { description: "The changes." }) input: UpdateContactInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { contact: await updateContact(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => RemoveContactPayload, { description: "Removes an address or a number of the viewer." })
  async removeContact(
    @Arg("input", () => RemoveContactInput, { description: "Which one." }) input: RemoveContactInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: toGlobalId("UserContact", await removeContact(signedIn(viewer), db, input)) };
  }
}

@Resolver()
export class AdministrationMutations {
  @Can("admin")
  @Mutation(() => UpdateUserRolePayload, { description: "Gives another user another role." })
  async updateUserRole(
    @Arg("input", () => UpdateUserRoleInput, { description: "Who and what." }) input: UpdateUserRoleInput,
    @Ctx() { viewer, db, authenticator }: Context,
  ) {
    const user = await updateUserRole(signedIn(viewer), db, input);
    authenticator.forget(user.id);
    return { user };
  }

  @Can("admin")
  @Mutation(() => UpdateUserStatusPayload, { description: "Opens, rests or suspends the account of another user." })
  async updateUserStatus(
    @Arg("input", () => UpdateUserStatusInput, { description: "Who and what." }) input: UpdateUserStatusInput,
    @Ctx() { viewer, db, authenticator }: Context,
  ) {
    const user = await updateUserStatus(signedIn(viewer), db, input);
    authenticator.forget(user.id);
    return { user };
  }
}
