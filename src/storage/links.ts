import { hkdfSync } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const algorithm = "HS256";
const issuer = "disha";
/** What a link is for; a link for one is none for the other. */
const audiences = { upload: "disha-upload", download: "disha-download" } as const;
const downloadSeconds = 5 * 60;

const claimRules = z.object({ sub: z.uuid() });

export type LinkPurpose = keyof typeof audiences;

/** Addresses that let whoever has them send or fetch one document for a short time. */
export interface FileLinks {
  /** Where the content of a file is sent; good until `expiresAt`, to the second. */
  upload(sourceFileId: string, expiresAt: Date): Promise<string>;
  /** Where a stored file is fetched; good for five minutes. */
  download(sourceFileId: string): Promise<string>;
  /** The key of the file that a token is about; null for every token that is not valid for the purpose now. */
  fileOf(purpose: LinkPurpose, token: string): Promise<string | null>;
}

/** What uploads need to know besides the storage. */
export interface Uploads {
  links: FileLinks;
  /** Largest document that is taken, in bytes. */
  maxBytes: number;
}

/** The paths below which links lie; what follows is the token. */
export const linkPaths = { upload: "/uploads/", download: "/files/" } as const;

/**
 * Links signed with a key that is derived from the secret for them alone: neither is an access token a link, nor a
 * link an access token. `origin` is asked for each link, for the port may be known only when the server listens.
 */
export function createFileLinks(secret: string, origin: () => string): FileLinks {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "disha file links", 32));

  async function link(purpose: LinkPurpose, sourceFileId: string, expiresAt: number): Promise<string> {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: algorithm })
      .setSubject(sourceFileId)
      .setIssuer(issuer)
      .setAudience(audiences[purpose])
      .setExpirationTime(expiresAt)
      .sign(key);
    return `${origin()}${linkPaths[purpose]}${token}`;
  }

  return {
    upload: (sourceFileId, expiresAt) => link("upload", sourceFileId, Math.floor(expiresAt.getTime() / 1000)),
    download: (sourceFileId) => link("download", sourceFileId, Math.floor(Date.now() / 1000) + downloadSeconds),
    async fileOf(purpose, token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience: audiences[purpose],
          requiredClaims: ["exp"],
        });
        return claimRules.parse(payload).sub;
      } catch {
        return null;
      }
    },
  };
}

/** A path as logs may hold it: whoever reads the token of a link could use it. */
export function withoutToken(path: string): string {
  const prefix = Object.values(linkPaths).find((start) => path.startsWith(start));
  return prefix === undefined ? path : `${prefix}…`;
}
