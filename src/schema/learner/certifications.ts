import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { certifications } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, LocalDate, UUID } from "../../graphql/scalars.js";
import { VerificationStatus } from "./enums.js";

type CertificationRow = typeof certifications.$inferSelect;

@Can("owner")
@ObjectType({ description: "A certificate that a learner holds.", implements: Node, simpleResolvers: true })
export class Certification extends Node implements Omit<CertificationRow, "userId"> {
  @Field(() => String, { description: "Name of the certificate." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Who issued it." })
  issuingOrg!: string | null;

  @Field(() => LocalDate, { nullable: true, description: "Date of issue." })
  issuedOn!: string | null;

  @Field(() => LocalDate, { nullable: true, description: "Last day on which it is valid; null when it does not expire." })
  expiresOn!: string | null;

  @Field(() => String, { nullable: true, description: "The issuer's number of the certificate." })
  credentialId!: string | null;

  @Field(() => String, { nullable: true, description: "Web page that shows the certificate." })
  credentialUrl!: string | null;

  @Field(() => VerificationStatus, { description: "Whether an admin checked it; pending again after a change." })
  verificationStatus!: CertificationRow["verificationStatus"];

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "What a certification says besides its name." })
abstract class CertificationFields {
  @Field(() => String, { nullable: true, description: "Who issued it, at most 255 characters." })
  issuingOrg?: string | null;

  @Field(() => LocalDate, { nullable: true, description: "Date of issue, not in the future." })
  issuedOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: "Last valid day, not before the date of issue." })
  expiresOn?: string | null;

  @Field(() => String, { nullable: true, description: "The issuer's number, at most 255 characters." })
  credentialId?: string | null;

  @Field(() => String, { nullable: true, description: "http or https address, at most 2000 characters." })
  credentialUrl?: string | null;
}

@InputType({ description: "A certificate to add; it starts as pending." })
export class AddCertificationInput extends CertificationFields {
  @Field(() => String, { description: "Name of the certificate, at most 255 characters." })
  name!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a certification, which makes it pending again. An absent field stays, null clears it." })
export class UpdateCertificationInput extends CertificationFields {
  @Field(() => ID, { description: "The certification." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Name of the certificate, at most 255 characters; cannot be cleared." })
  name?: string | null;
}

@InputType({ description: "The certification to remove." })
export class RemoveCertificationInput {
  @Field(() => ID, { description: "The certification." })
  id!: string;
}

@InputType({ description: "The result of checking a certificate." })
export class VerifyCertificationInput {
  @Field(() => ID, { description: "The certification." })
  id!: string;

  @Field(() => VerificationStatus, { description: "VERIFIED or REJECTED." })
  status!: CertificationRow["verificationStatus"];
}

@Can("signedIn")
@ObjectType({ description: "Answer of `addCertification`.", simpleResolvers: true })
export class AddCertificationPayload extends Payload {
  @Field(() => Certification, { nullable: true, description: "The new certification." })
  certification!: Certification | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updateCertification`.", simpleResolvers: true })
export class UpdateCertificationPayload extends Payload {
  @Field(() => Certification, { nullable: true, description: "The certification as it is now." })
  certification!: Certification | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `removeCertification`.", simpleResolvers: true })
export class RemoveCertificationPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the certification that is gone." })
  removedId!: string | null;
}

@Can("admin")
@ObjectType({ description: "Answer of `verifyCertification`.", simpleResolvers: true })
export class VerifyCertificationPayload extends Payload {
  @Field(() => Certification, { nullable: true, description: "The certification as it is now." })
  certification!: Certification | null;
}
