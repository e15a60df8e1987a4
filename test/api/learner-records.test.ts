import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogs, certifications, educationRecords, profiles, psychographics } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let learner: Session;
let other: Session;

beforeAll(async () => {
  app = await startTestApp();
  learner = await app.signedIn();
  other = await app.signedIn();
});
afterAll(() => app.close());

const educationRow = async (id: string) =>
  (await app.db.select().from(educationRecords).where(eq(educationRecords.id, id)))[0];
const certificationRow = async (id: string) =>
  (await app.db.select().from(certifications).where(eq(certifications.id, id)))[0];

async function anEducationRecord(session: Session) {
  const [row] = await app.db
    .insert(educationRecords)
    .values({ userId: session.userId, institution: "Town School", startYear: 2010, endYear: 2015, gpa: "8.00" })
    .returning();
  return { id: toGlobalId("EducationRecord", row?.id ?? ""), key: row?.id ?? "", row };
}

async function aCertification(session: Session) {
  const [row] = await app.db
    .insert(certifications)
    .values({ userId: session.userId, name: "First aid", issuedOn: "2024-05-01", verificationStatus: "verified" })
    .returning();
  return { id: toGlobalId("Certification", row?.id ?? ""), key: row?.id ?? "", row };
}

describe("updateProfile", () => {
  const input = {
    headline: "Welder to be",
    gender: "FEMALE",
    dateOfBirth: "2004-08-17",
    nationality: "Indian",
    addressLine1: "12 Station Road",
    addressLine2: "Ward 4",
    city: "Nagpur",
    state: "Maharashtra",
    country: "India",
    region: "Vidarbha",
    location: "Near the station",
    educationLevel: "CLASS_12",
    fieldOfStudy: "Science",
    experienceYears: 1.5,
    targetRoles: "Welder",
    targetIndustries: ["Railways", "railways", "Metro"],
    hasResources: true,
    motivations: ["Income"],
    comfortableSubjects: ["Physics"],
  };
  const stored = {
    ...input, gender: "female", educationLevel: "class_12", experienceYears: "1.50", targetIndustries: ["Railways", "Metro"],
  };
  const row = async ({ userId }: Session) => (await app.db.select().from(profiles).where(eq(profiles.userId, userId)))[0];

  test("makes the profile, changes every field, and leaves absent ones alone", async () => {
    const somebody = await app.signedIn();
    const selection = `profile { ${Object.keys(input).join(" ")} user { id } }`;
    const payload = await mutate(app, "updateProfile", input, selection, somebody);
    const user = { id: toGlobalId("User", somebody.userId) };
    expect(payload).toEqual({ profile: { ...input, targetIndustries: ["Railways", "Metro"], user }, errors: [] });
    expect(await row(somebody)).toMatchObject(stored);
    await mutate(app, "updateProfile", { city: "Pune" }, "profile { city }", somebody);
    expect(await row(somebody)).toMatchObject({ ...stored, city: "Pune" });
  });

  test("clears with null", async () => {
    const somebody = await app.signedIn();
    await mutate(app, "updateProfile", input, "profile { id }", somebody);
    const nothing = Object.fromEntries(Object.keys(input).map((field) => [field, null]));
    await mutate(app, "updateProfile", nothing, "profile { id }", somebody);
    expect(await row(somebody)).toMatchObject({
      ...nothing, experienceYears: "0.00", targetIndustries: [], motivations: [], comfortableSubjects: [],
    });
  });

  test("reports all failures together and changes nothing", async () => {
    const somebody = await app.signedIn();
    const bad = { headline: "x".repeat(501), dateOfBirth: "2999-01-01", city: "", experienceYears: 81, motivations: [""] };
    const payload = await mutate(app, "updateProfile", bad, "profile { id }", somebody);
    expect(failures(payload)).toEqual([
      "TOO_LONG at input.headline",
      "OUT_OF_RANGE at input.dateOfBirth",
      "TOO_SHORT at input.city",
      "OUT_OF_RANGE at input.experienceYears",
      "TOO_SHORT at input.motivations.0",
    ]);
    expect(await row(somebody)).toBeUndefined();
    expect(failures(await mutate(app, "updateProfile", { dateOfBirth: "1900-01-01" }, "profile { id }", somebody))).toEqual([
      "OUT_OF_RANGE at input.dateOfBirth",
    ]);
  });

  test("needs somebody signed in", async () => {
    const { errors } = await app.query(`mutation { updateProfile(input: {city: "Pune"}) { profile { id } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("education records", () => {
  const selection = `educationRecord { id institution qualification specialization startYear endYear isCurrent gpa gpaScale
    achievements learner { id } }`;
  const input = {
    institution: "Polytechnic", qualification: "Diploma", specialization: "Mechanics", startYear: 2018, endYear: 2021,
    isCurrent: false, gpa: 3.2, gpaScale: 4, achievements: "Best lathe work",
  };

  test("are added once for a key, and make the profile", async () => {
    const somebody = await app.signedIn();
    const keyed = { ...input, idempotencyKey: randomUUID() };
    type Added = { educationRecord: { id: string } };
    const first = await mutate<Added>(app, "addEducationRecord", keyed, selection, somebody);
    const learnerId = toGlobalId("User", somebody.userId);
    expect(first).toEqual({ educationRecord: { ...input, id: first.educationRecord.id, learner: { id: learnerId } }, errors: [] });
    expect(await mutate<Added>(app, "addEducationRecord", keyed, selection, somebody)).toEqual(first);
    const rows = await app.db.select().from(educationRecords).where(eq(educationRecords.userId, somebody.userId));
    expect(rows).toMatchObject([{ ...input, gpa: "3.20", gpaScale: "4.00" }]);
    expect(await app.db.$count(profiles, eq(profiles.userId, somebody.userId))).toBe(1);
    const reused = await mutate(app, "addEducationRecord", { ...keyed, gpa: 3 }, selection, somebody);
    expect(failures(reused)).toEqual(["KEY_REUSED at input.idempotencyKey"]);
  });

  test("are refused with all failures together", async () => {
    const somebody = await app.signedIn();
    const bad = { startYear: 1899, endYear: 1850, isCurrent: true, gpa: 11, achievements: "x".repeat(2001) };
    const payload = await mutate(app, "addEducationRecord", bad, selection, somebody);
    expect(failures(payload).toSorted()).toEqual([
      "INVALID at input.endYear",
      "OUT_OF_RANGE at input.endYear",
      "OUT_OF_RANGE at input.endYear",
      "OUT_OF_RANGE at input.gpa",
      "OUT_OF_RANGE at input.startYear",
      "REQUIRED at input.institution",
      "TOO_LONG at input.achievements",
    ]);
    expect(await app.db.$count(educationRecords, eq(educationRecords.userId, somebody.userId))).toBe(0);
  });

  test("stop at 100", async () => {
    const somebody = await app.signedIn();
    const { userId } = somebody;
    await app.db.insert(educationRecords).values(Array.from({ length: 100 }, (_, at) => ({ userId, institution: `School ${at}` })));
    expect(failures(await mutate(app, "addEducationRecord", input, selection, somebody))).toEqual(["CONFLICT at input.institution"]);
    expect(await app.db.$count(educationRecords, eq(educationRecords.userId, userId))).toBe(100);
  });

  test("change field by field, and what must agree is checked against the whole record", async () => {
    const { id, key, row } = await anEducationRecord(learner);
    const payload = await mutate(app, "updateEducationRecord", { id, endYear: null, isCurrent: true, gpaScale: null }, selection, learner);
    expect(payload).toMatchObject({ educationRecord: { id, endYear: null, isCurrent: true, gpa: 8, gpaScale: 10 }, errors: [] });
    expect(await educationRow(key)).toMatchObject({ ...row, endYear: null, isCurrent: true, updatedAt: expect.any(String) });
    const bad = await mutate(app, "updateEducationRecord", { id, institution: null, endYear: 2009, gpaScale: 4 }, selection, learner);
    expect(failures(bad)).toEqual([
      "REQUIRED at input.institution",
      "OUT_OF_RANGE at input.endYear",
      "INVALID at input.endYear",
      "OUT_OF_RANGE at input.gpa",
    ]);
    expect(await educationRow(key)).toMatchObject({ institution: "Town School", endYear: null, gpaScale: "10.00" });
  });

  test("are removed, with a line in the audit log", async () => {
    const { id, key } = await anEducationRecord(learner);
    expect(await mutate(app, "removeEducationRecord", { id }, "removedId", learner)).toEqual({ removedId: id, errors: [] });
    expect(await educationRow(key)).toBeUndefined();
    const audited = await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, key));
    expect(audited).toMatchObject([{ action: "learner.education_record_removed", userId: learner.userId }]);
    expect(failures(await mutate(app, "removeEducationRecord", { id }, "removedId", learner))).toEqual(["NOT_FOUND at input.id"]);
  });

  test("of another learner read as missing", async () => {
    const { id, key, row } = await anEducationRecord(other);
    for (const [name, change, chosen] of [
      ["updateEducationRecord", { id, institution: "Mine now" }, "educationRecord { id }"],
      ["removeEducationRecord", { id }, "removedId"],
    ] as const) {
      expect(failures(await mutate(app, name, change, chosen, learner))).toEqual(["NOT_FOUND at input.id"]);
    }
    expect(await educationRow(key)).toEqual(row);
    const wrong = await mutate(app, "removeEducationRecord", { id: toGlobalId("Certification", key) }, "removedId", other);
    expect(failures(wrong)).toEqual(["INVALID_ID at input.id"]);
  });
});

describe("certifications", () => {
  const selection = `certification { id name issuingOrg issuedOn expiresOn credentialId credentialUrl verificationStatus learner { id } }`;
  const input = {
    name: "Welder, level 3", issuingOrg: "A council", issuedOn: "2025-01-10", expiresOn: "2028-01-09", credentialId: "W-3-17",
    credentialUrl: "https://certificates.example/W-3-17",
  };

  test("are added once for a key, as pending", async () => {
    const somebody = await app.signedIn();
    const keyed = { ...input, idempotencyKey: randomUUID() };
    type Added = { certification: { id: string } };
    const first = await mutate<Added>(app, "addCertification", keyed, selection, somebody);
    expect(first).toMatchObject({ certification: { ...input, verificationStatus: "PENDING" }, errors: [] });
    expect(await mutate<Added>(app, "addCertification", keyed, selection, somebody)).toEqual(first);
    const rows = await app.db.select().from(certifications).where(eq(certifications.userId, somebody.userId));
    expect(rows).toMatchObject([{ ...input, verificationStatus: "pending" }]);
  });

  test("are refused with all failures together", async () => {
    const somebody = await app.signedIn();
    const bad = { name: " ", issuedOn: "2999-01-01", expiresOn: "2998-01-01", credentialUrl: "javascript:alert(1)" };
    expect(failures(await mutate(app, "addCertification", bad, selection, somebody))).toEqual([
      "TOO_SHORT at input.name",
      "OUT_OF_RANGE at input.issuedOn",
      "INVALID_FORMAT at input.credentialUrl",
      "OUT_OF_RANGE at input.expiresOn",
    ]);
    expect(await app.db.$count(certifications, eq(certifications.userId, somebody.userId))).toBe(0);
  });

  test("wait for verification again after a change", async () => {
    const { id, key } = await aCertification(learner);
    const payload = await mutate(app, "updateCertification", { id, issuedOn: null, name: "First aid II" }, selection, learner);
    expect(payload).toMatchObject({ certification: { name: "First aid II", issuedOn: null, verificationStatus: "PENDING" } });
    expect(await certificationRow(key)).toMatchObject({ name: "First aid II", issuedOn: null, verificationStatus: "pending" });
    const bad = await mutate(app, "updateCertification", { id, name: null, credentialId: "" }, selection, learner);
    expect(failures(bad)).toEqual(["REQUIRED at input.name", "TOO_SHORT at input.credentialId"]);
    await mutate(app, "updateCertification", { id, issuedOn: "2024-05-01" }, selection, learner);
    const tooEarly = await mutate(app, "updateCertification", { id, expiresOn: "2024-04-30" }, selection, learner);
    expect(failures(tooEarly)).toEqual(["OUT_OF_RANGE at input.expiresOn"]);
  });

  test("are removed, with a line in the audit log", async () => {
    const { id, key } = await aCertification(learner);
    expect(await mutate(app, "removeCertification", { id }, "removedId", learner)).toEqual({ removedId: id, errors: [] });
    expect(await certificationRow(key)).toBeUndefined();
    expect(await app.db.$count(auditLogs, eq(auditLogs.entityId, key))).toBe(1);
    expect(failures(await mutate(app, "removeCertification", { id: "nonsense" }, "removedId", learner))).toEqual(["INVALID_ID at input.id"]);
  });

  test("of another learner read as missing", async () => {
    const { id, key, row } = await aCertification(other);
    expect(failures(await mutate(app, "updateCertification", { id, name: "Mine now" }, selection, learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await mutate(app, "removeCertification", { id }, "removedId", learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(await certificationRow(key)).toEqual(row);
  });

  test("are verified by admins, with the change in the audit log", async () => {
    const admin = await app.signedIn("admin");
    const { id, key } = await aCertification(learner);
    const payload = await mutate(app, "verifyCertification", { id, status: "REJECTED" }, selection, admin);
    expect(payload).toMatchObject({ certification: { id, verificationStatus: "REJECTED", learner: { id: toGlobalId("User", learner.userId) } } });
    expect(await certificationRow(key)).toMatchObject({ verificationStatus: "rejected" });
    const audited = await app.db.select().from(auditLogs).where(and(eq(auditLogs.entityId, key), eq(auditLogs.userId, admin.userId)));
    expect(audited).toMatchObject([{
      action: "learner.certification_verified",
      subjectUserId: learner.userId,
      oldValues: { verificationStatus: "verified" },
      newValues: { verificationStatus: "rejected" },
    }]);
    expect(failures(await mutate(app, "verifyCertification", { id: "?", status: "PENDING" }, selection, admin))).toEqual([
      "INVALID_ID at input.id",
      "INVALID at input.status",
    ]);
  });

  test("cannot be verified by the learner or a teacher", async () => {
    const { id, key, row } = await aCertification(learner);
    for (const session of [learner, await app.signedIn("teacher")]) {
      const { errors } = await app.query(
        `mutation ($id: ID!) { verifyCertification(input: {id: $id, status: VERIFIED}) { errors { code } } }`, { id }, session,
      );
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    }
    expect(await certificationRow(key)).toEqual(row);
  });
});

describe("updatePsychographics", () => {
  const selection = `psychographics { learningMotivation learningStyle cognitivePattern engagementType gamificationPersona
    confidenceScore derivedFrom learner { id } }`;
  const input = {
    learningMotivation: "Seeing it work", learningStyle: "VISUAL", cognitivePattern: "Draws first", engagementType: "Evenings",
    gamificationPersona: "EXPLORER",
  };
  const row = async ({ userId }: Session) =>
    (await app.db.select().from(psychographics).where(eq(psychographics.userId, userId)))[0];

  test("writes the survey and clears with null", async () => {
    const somebody = await app.signedIn();
    const payload = await mutate(app, "updatePsychographics", input, selection, somebody);
    const learnerOf = { id: toGlobalId("User", somebody.userId) };
    expect(payload.errors).toEqual([]);
    expect(payload["psychographics"]).toEqual({ ...input, confidenceScore: 0.85, derivedFrom: "SURVEY", learner: learnerOf });
    await mutate(app, "updatePsychographics", { learningStyle: null }, selection, somebody);
    expect(await row(somebody)).toMatchObject({ learningStyle: null, gamificationPersona: "explorer", derivedFrom: "survey" });
  });

  test("over a model's estimate makes a hybrid", async () => {
    const somebody = await app.signedIn();
    await app.db.insert(psychographics).values({ userId: somebody.userId, engagementType: "Bursts", derivedFrom: "ai" });
    await mutate(app, "updatePsychographics", { learningStyle: "READING" }, selection, somebody);
    expect(await row(somebody)).toMatchObject({ learningStyle: "reading", engagementType: "Bursts", derivedFrom: "hybrid" });
  });

  test("reports all failures together and writes nothing; nobody writes it anonymously", async () => {
    const somebody = await app.signedIn();
    const bad = { learningMotivation: "x".repeat(101), engagementType: " " };
    expect(failures(await mutate(app, "updatePsychographics", bad, selection, somebody))).toEqual([
      "TOO_LONG at input.learningMotivation",
      "TOO_SHORT at input.engagementType",
    ]);
    expect(await row(somebody)).toBeUndefined();
    const { errors } = await app.query(`mutation { updatePsychographics(input: {}) { errors { code } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });
});
