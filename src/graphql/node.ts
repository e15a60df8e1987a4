import { Field, ID, InterfaceType } from "type-graphql";
import { z } from "zod";
import { Rejection } from "./errors.js";

const version = "v1";
const textual = /^[A-Za-z0-9_-]+$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const level = /^(\d|10)\.[05]$/;

/** NSQF levels are the one type with a natural key. */
const isKeyOf = (type: string, key: string): boolean => (type === "NsqfLevel" ? level : uuid).test(key);

/** Ids are made by the hundred for one answer; a buffer for each would cost more than the encoding. */
const scratch = Buffer.alloc(200);

/** The opaque id of a row in the whole graph: base64url of `v1:Type:key`. */
export const toGlobalId = (type: string, key: string): string =>
  scratch.toString("base64url", 0, scratch.write(`${version}:${type}:${key}`, "latin1"));

/** Reads a global id; null when it is none. Keys are uuids, or NSQF levels such as `4.5`. */
export function parseGlobalId(id: string): { type: string; key: string } | null {
  if (id.length > 200 || !textual.test(id)) return null;
  const [v, type, key, ...rest] = Buffer.from(id, "base64url").toString("utf8").split(":");
  if (v !== version || !type || !key || rest.length > 0) return null;
  if (!isKeyOf(type, key)) return null;
  return { type, key };
}

const aOrAn = (type: string): string => `${/^[AEIO]/.test(type) ? "an" : "a"} ${type}`;

/**
 * The key inside a global id of one of the given types.
 * @throws {Rejection} INVALID_ID at `path`.
 */
export function keyOf(type: string, id: string, path: string[] = ["id"]): string {
  const parsed = parseGlobalId(id);
  if (parsed?.type !== type) {
    throw new Rejection([{ code: "INVALID_ID", path, message: `${path.join(".")} is not the id of ${aOrAn(type)}.` }]);
  }
  return parsed.key;
}

/** Input rule: a global id of `type`, handed on as its key. */
export const nodeId = (type: string) =>
  z.string().transform((id, context) => {
    const parsed = parseGlobalId(id);
    if (parsed?.type === type) return parsed.key;
    context.addIssue({ code: "custom", params: { code: "INVALID_ID" }, message: `This is not the id of ${aOrAn(type)}.` });
    return z.NEVER;
  });

/**
 * Anything that can be fetched again by its id.
 * The schema gives `id` its resolver from the type's name and the row's key.
 */
@InterfaceType({
  description: "Anything that can be fetched again by its global id.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: "Opaque id, unique in the whole graph." })
  id!: string;
}
