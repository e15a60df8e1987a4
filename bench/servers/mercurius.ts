import Fastify from "fastify";
import mercurius, { type IResolvers, type MercuriusLoaders } from "mercurius";
import { schema } from "./mercurius.schema.js";
import { bearerOf } from "./http.js";
import { iso, reads, rows, type Row } from "./rows/reads.js";
import * as text from "./rows/statements.js";

/** Mercurius on Fastify with its loaders and its compiler, over the same rows as the second limit. */

interface Context {
  userId: string | null;
}
type Queries<Parameters = object> = readonly { obj: Row; params: Parameters }[];
type Read<Result> = (keys: readonly string[]) => Promise<Map<string, Result>>;

/** A loader that finds its rows by a column of the parent. */
const by =
  <Result>(read: Read<Result>, column: string, otherwise: Result | null) =>
  async (queries: Queries) => {
    const found = await read([...new Set(queries.map(({ obj }) => String(obj[column])))]);
    return queries.map(({ obj }) => found.get(String(obj[column])) ?? otherwise);
  };

const connection = (read: Read<Row[]>) => async (queries: Queries) => {
  const found = await read(queries.map(({ obj }) => obj.key));
  return queries.map(({ obj }) => ({ nodes: found.get(obj.key) ?? [] }));
};

const loaders = {
  Course: {
    provider: by(reads.provider, "providerId", null),
    skills: async (queries: Queries) => {
      const found = await reads.skills(queries.map(({ obj }) => obj.key));
      return queries.map(({ obj }) => (found.get(obj.key) ?? []).map((row) => ({ isPrimary: row["isPrimary"], skill: row })));
    },
    myProgress: async (queries: Queries, { userId }: Context) => {
      const keys = queries.map(({ obj }) => `${userId} ${obj.key}`);
      const found = await reads.progress(keys);
      return keys.map((key) => found.get(key) ?? null);
    },
  },
  User: {
    profile: by(reads.profile, "key", null),
    streak: by(reads.streak, "key", null),
    points: by(reads.points, "key", null),
    enrollments: connection(reads.enrollments),
    careerPaths: connection(reads.paths),
  },
  Enrollment: { course: by(reads.course, "courseId", null) },
  LearnerPath: {
    careerPath: by(reads.careerPath, "careerPathId", null),
    milestones: async (queries: Queries) => {
      const found = await reads.completions(queries.map(({ obj }) => String(obj["id"])));
      return queries.map(({ obj }) => (found.get(String(obj["id"])) ?? []).map((row) => ({ ...row, milestone: row })));
    },
  },
  CareerPath: { milestones: by<Row[]>(reads.milestones, "key", []) },
  Milestone: { course: by(reads.course, "courseId", null) },
};

interface CoursesArgs {
  first: number;
  where: { nsqfLevel?: { eq: number }; language?: { eq: string }; region?: { eq: string } };
  orderBy?: { field: string; direction: string };
}

async function coursePage({ first, where: { nsqfLevel, language, region }, orderBy }: CoursesArgs) {
  const order = orderBy ? `${orderBy.field} ${orderBy.direction}` : "CREATED_AT DESC";
  if (language && region) return rows(text.coursesOfRegion[order] ?? "", [language.eq, region.eq, first + 1]);
  if (language) return rows(text.coursesOfLevelAndLanguage[order] ?? "", [nsqfLevel?.eq, language.eq, first + 1]);
  return rows(text.coursesOfLevel[order] ?? "", [nsqfLevel?.eq, first + 1]);
}

const resolvers = {
  Query: {
    course: async (_root: unknown, { id }: { id: string }) => {
      const key = Buffer.from(id, "base64url").toString("utf8").split(":")[2] ?? "";
      return (await reads.course([key])).get(key) ?? null;
    },
    courses: async (_root: unknown, args: CoursesArgs) => {
      const page = await coursePage(args);
      return { args, nodes: page.slice(0, args.first), pageInfo: { hasNextPage: page.length > args.first } };
    },
    viewer: async (_root: unknown, _args: object, { userId }: Context) => (userId === null ? null : ((await reads.user([userId])).get(userId) ?? null)),
  },
  CourseConnection: {
    totalCount: async ({ args: { where } }: { args: CoursesArgs }) => (await rows(text.countOfRegion, [where.language?.eq, where.region?.eq]))[0]?.["count"],
  },
  Course: { createdAt: ({ createdAt }: Row) => iso(createdAt) },
  CareerPath: { jobRole: ({ roleTitle }: Row) => ({ title: roleTitle }) },
};

const app = Fastify();
await app.register(mercurius, {
  schema,
  resolvers: resolvers as IResolvers,
  loaders: loaders as unknown as MercuriusLoaders,
  jit: 1,
  path: "/graphql",
  context: (request): Context => ({ userId: request.headers.authorization ? bearerOf(request.headers.authorization) : null }),
});
await app.listen({ port: Number(process.env["PORT"]), host: "127.0.0.1" });
