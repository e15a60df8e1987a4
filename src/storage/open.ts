import path from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { AwsS3StorageAdapter } from "@flystorage/aws-s3";
import { FileStorage, type CreateDirectoryOptions } from "@flystorage/file-storage";
import { LocalStorageAdapter } from "@flystorage/local-fs";
import type { FilesConfig } from "../config.js";

/** Where uploaded documents and the interim results of jobs lie. */
export type Storage = FileStorage;

/**
 * Longest wait for a bucket's answer to one request, in milliseconds; requests are made three times. A request sends at
 * most the 5 MB of one part.
 */
const longestAnswerMs = 10_000;

/** Opens the bucket that is configured, else the local folder; nothing is made before the first write. */
export function openStorage({ s3, folder }: FilesConfig, answerMs = longestAnswerMs): Storage {
  if (!s3) return new FileStorage(new LocalFolder(path.resolve(folder)), undefined, { visibility: forOwnerAlone });
  const client = new S3Client({
    region: s3.region,
    ...(s3.endpoint !== undefined && { endpoint: s3.endpoint, forcePathStyle: true }),
    ...(s3.keys && { credentials: { accessKeyId: s3.keys.id, secretAccessKey: s3.keys.secret } }),
    // Not the time between two pieces, which is also that of whoever reads them: see `readContent`.
    requestHandler: { connectionTimeout: answerMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
    // Servers that speak S3 without Amazon's newer checksums would store their framing as content.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return new FileStorage(new AwsS3StorageAdapter(client, { bucket: s3.bucket, prefix: s3.prefix }));
}

/** On a shared machine nobody else reads the documents. Buckets have policies of their own. */
const forOwnerAlone = { visibility: "private", directoryVisibility: "private" };

class LocalFolder extends LocalStorageAdapter {
  /**
   * The adapter makes its root once and remembers a failure for ever, so that a disk that was full or read-only for a
   * moment would need a restart. Every key here lies in a folder, and making that one makes the root along.
   */
  override async createDirectory(path: string, options: CreateDirectoryOptions): Promise<void> {
    if (path !== "") await super.createDirectory(path, options);
  }
}

/** Folder of the uploaded documents. */
export const uploadsFolder = "uploads";

/** Folder of the folders of jobs. */
export const jobsFolder = "jobs";

/** Key of an uploaded document, by the key of its row. */
export const uploadKey = (sourceFileId: string): string => `${uploadsFolder}/${sourceFileId}`;

/** Folder of the interim results of a job; it is gone when the job has ended. */
export const jobFolder = (jobId: string): string => `${jobsFolder}/${jobId}`;
