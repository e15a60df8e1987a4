import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import { defaultFieldResolver, isObjectType } from "graphql";
import { Extensions } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { Forbidden, Unauthenticated } from "../graphql/errors.js";
import { isAdmin, isSignedIn, type Viewer } from "./viewer.js";

export interface Rule {
  /** Completes the sentence "Visible to …"; appended to the public description of each field. */
  who: string;
  /** `row` is the object that the field belongs to; undefined for root fields. */
  allows: (viewer: Viewer, row: never) => boolean;
  /** The columns of the row that it looks at. */
  reads: readonly string[];
  /** The one that must hold the viewer's key, for viewers whom it does not let pass anyway. */
  own?: string;
}

/** A rule about whose row it is: the viewer's key must stand in `column`, and `mayOwn` hold; admins pass anyway. */
const ownRule = <Column extends string>(who: string, column: Column, mayOwn: (viewer: Viewer) => boolean = isSignedIn): Rule => ({
  who,
  allows: (viewer, row: Record<Column, string | null>) => isAdmin(viewer) || (mayOwn(viewer) && viewer.id === row[column]),
  reads: [column],
  own: column,
});

const rule = <Row>(who: string, allows: (viewer: Viewer, row: Row) => boolean, ...reads: (keyof Row & string)[]): Rule => ({ who, allows, reads });

/**
 * Every policy of the graph, once. A type's policy says who may hold its rows and is applied where
 * rows are loaded (`visible` of loaders and lists); a field's policy narrows its type's.
 */
export const policies = {
  public: rule("everyone", () => true),
  signedIn: rule("everyone signed in", (viewer) => isSignedIn(viewer)),
  staff: rule("teachers and admins", (viewer) => viewer.role === "teacher" || isAdmin(viewer)),
  admin: rule("admins", isAdmin),
  self: ownRule("the user and admins", "id"),
  owner: ownRule("the learner and admins", "userId"),
  creator: ownRule("its creator and admins", "createdById"),
  courseStaff: ownRule("the teacher who wrote the course, and admins", "createdById", ({ role }) => role === "teacher"),
  enrollment: rule<{ userId: string }>(
    "the learner, the teacher of the course and admins",
    (viewer) => isSignedIn(viewer),
  ),
  /** Which files: `sourceFileVisible` decides where rows are loaded. */
  sourceFile: rule("whoever uploaded the file, the teacher who wrote its course, and admins", (viewer) => isSignedIn(viewer)),
  /** Follows the course: active for everyone, drafts for author and admin, archived also for the enrolled. */
  course: rule("whoever may see the course", () => true),
  /** Which topics are readable depends on enrollments, so the loader of contents decides. */
  content: rule("learners enrolled in the course, its author and admins", () => true),
  /** Loaders decide: it follows the course; one without a course is for everyone signed in. */
  quiz: rule("whoever may see its course; everyone signed in when it has none", () => true),
  /** Loaders decide, by enrollments. */
  questions: rule("learners enrolled in the course, its author and admins; everyone signed in when the quiz has no course", () => true),
  /** Loaders decide, by attempts. */
  answerKey: rule(
    "learners who have submitted the quiz and are not in the midst of it again, the teacher who wrote its course, and admins",
    (viewer) => isSignedIn(viewer),
  ),
  /** Loaders decide whose course it is. */
  quizStaff: rule("the teacher who wrote the course of the quiz, and admins", (viewer) => viewer.role === "teacher" || isAdmin(viewer)),
} satisfies Record<string, Rule>;

export type Policy = keyof typeof policies;

/** Declares the policy of a type, a root field or a single field. */
export const Can = (policy: Policy) => Extensions({ policy });

/** Declares that everyone may see or call this. */
export const Public = () => Can("public");

/** The policy that holds for a field: its own, else its type's. */
export function policyOf(type: GraphQLObjectType, fieldName: string): Policy | undefined {
  const own = type.getFields()[fieldName]?.extensions["policy"];
  return (own ?? type.extensions["policy"]) as Policy | undefined;
}

/**
 * Puts the declared policies in force: a root field answers UNAUTHENTICATED or FORBIDDEN, any other
 * field is null for those who may not see it, as if it were missing.
 */
export function enforcePolicies(schema: GraphQLSchema): void {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const policy = field.extensions["policy"] as Policy | undefined;
      if (!policy || policy === "public") continue;
      const { who, allows } = policies[policy] as Rule;
      field.description = `${field.description ?? ""}\n\nVisible to ${who}.`.trim();
      const guard = <Fn extends (row: never, args: never, context: Context, info: never) => unknown>(run: Fn) =>
        ((row: never, args: never, context: Context, info: never) => {
          if (allows(context.viewer, row)) return run(row, args, context, info);
          if (!roots.has(type)) return null;
          throw isSignedIn(context.viewer) ? new Forbidden() : new Unauthenticated();
        }) as Fn;
      if (type === schema.getSubscriptionType() && field.subscribe) field.subscribe = guard(field.subscribe as never);
      else field.resolve = guard((field.resolve ?? defaultFieldResolver) as never);
    }
  }
}
