import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { sourceFiles } from "../db/tables/index.js";
import { fileStatuses, fileTypes } from "../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../graphql/connection.js";
import { enumOf } from "../graphql/enums.js";
import { Combinable, DateTimeFilter, EnumFilterOf, type Combined } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { OrderOf, orderFieldsOf } from "../graphql/order.js";
import { Payload } from "../graphql/payload.js";
import { BigIntScalar, DateTime, UUID } from "../graphql/scalars.js";

type SourceFileRow = typeof sourceFiles.$inferSelect;

export const FileType = enumOf("FileType", "The kind of a document, as its content says.", fileTypes, {
  pdf: "PDF.",
  docx: "A Word document.",
  txt: "Plain text in UTF-8.",
  md: "Markdown in UTF-8.",
});

export const FileStatus = enumOf("FileStatus", "Where an uploaded document stands.", fileStatuses, {
  staged: "Announced; its content is awaited until it expires.",
  stored: "Complete: the content is there and was checked.",
  rejected: "The content was refused; the document has to be announced again.",
  deleted: "Removed by its owner; only admins still see that it was there.",
});

@Can("sourceFile")
@ObjectType({ description: "A document that was uploaded, or is about to be.", implements: Node, simpleResolvers: true })
export class SourceFile extends Node
  implements Omit<SourceFileRow, "id" | "courseId" | "jobId" | "uploadedById" | "filePath" | "checksum"> {
  @Field(() => String, { description: "Public identifier, unique." })
  fileId!: string;

  @Field(() => String, { description: "Name of the file, without folders." })
  filename!: string;

  @Field(() => BigIntScalar, { nullable: true, description: "Its size in bytes." })
  fileSizeBytes!: number | null;

  @Field(() => FileType, { nullable: true, description: "What it is by its content; null until it is stored." })
  fileType!: SourceFileRow["fileType"];

  @Field(() => FileStatus, { description: "Where it stands." })
  status!: SourceFileRow["status"];

  @Field(() => DateTime, { nullable: true, description: "When it goes unless its upload is completed; null when it does not expire." })
  expiresAt!: string | null;

  @Field(() => DateTime, { description: "When it was stored; when it was announced as long as it is not." })
  uploadedAt!: string;

  @Field(() => DateTime, { description: "When it was announced." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A document in a list." })
export class SourceFileEdge extends EdgeOf(() => SourceFile) {}

@ObjectType({ description: "A list of documents." })
export class SourceFileConnection extends ConnectionOf(() => SourceFile, () => SourceFileEdge) {}

@InputType({ description: "Conditions on the kind of a document." })
export class FileTypeFilter extends EnumFilterOf<NonNullable<SourceFileRow["fileType"]>>(() => FileType) {}

@InputType({ description: "Conditions on where a document stands." })
export class FileStatusFilter extends EnumFilterOf<SourceFileRow["status"]>(() => FileStatus) {}

@InputType({ description: "Conditions on documents; all that are given must hold." })
@Combinable()
export class SourceFileWhere implements Combined<SourceFileWhere> {
  declare AND?: SourceFileWhere[];
  declare OR?: SourceFileWhere[];
  declare NOT?: SourceFileWhere;

  @Field(() => FileTypeFilter, { nullable: true, description: "What it is." })
  fileType?: FileTypeFilter;

  @Field(() => FileStatusFilter, { nullable: true, description: "Where it stands." })
  status?: FileStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was announced." })
  createdAt?: DateTimeFilter;
}

export const SourceFileOrderField = orderFieldsOf("SourceFileOrderField", {
  CREATED_AT: "By the time of being announced.",
});

@InputType({ description: "Order of documents." })
export class SourceFileOrder extends OrderOf<keyof typeof SourceFileOrderField>(() => SourceFileOrderField) {}

@ArgsType()
export class SourceFilesArgs extends ListArgsOf(() => SourceFileWhere, () => SourceFileOrder, "newest first") {}

@InputType({ description: "Announces a document whose content will be sent." })
export class UploadStageInput {
  @Field(() => String, { description: "Name of the file without folders, at most 255 characters, ending in .pdf, .docx, .txt or .md." })
  name!: string;

  @Field(() => BigIntScalar, { description: "Its size in bytes, from 1 to what the service takes, which is 50 MB unless configured otherwise." })
  size!: number;

  @Field(() => String, { description: "SHA-256 of its content, 64 hexadecimal digits." })
  sha256!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `uploadStage`.", simpleResolvers: true })
export class UploadStagePayload extends Payload {
  @Field(() => SourceFile, { nullable: true, description: "The announced document, or the one that holds the same content already." })
  sourceFile?: SourceFileRow | null;

  @Field(() => String, { nullable: true, description: "Where to send the content with PUT; null for a duplicate. Whoever has it can send." })
  uploadUrl?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Until when sending may begin; null for a duplicate." })
  expiresAt?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Is the same content of the viewer's stored already? Then there is nothing to send." })
  duplicate?: boolean | null;
}

@InputType({ description: "Says that the content of a document was sent." })
export class UploadCompleteInput {
  @Field(() => ID, { description: "The document." })
  id!: string;
}

@Can("staff")
@ObjectType({ description: "Answer of `uploadComplete`.", simpleResolvers: true })
export class UploadCompletePayload extends Payload {
  @Field(() => SourceFile, { nullable: true, description: "The document, stored." })
  sourceFile?: SourceFileRow | null;
}

@InputType({ description: "The document to delete." })
export class DeleteSourceFileInput {
  @Field(() => ID, { description: "The document." })
  id!: string;
}

@Can("staff")
@ObjectType({ description: "Answer of `deleteSourceFile`.", simpleResolvers: true })
export class DeleteSourceFilePayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the document that is gone." })
  deletedId?: string | null;
}
