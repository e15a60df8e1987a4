import { isIP, isIPv4, isIPv6 } from "node:net";

/**
 * A network address as the database can keep it: without the zone of link-local ones, IPv4 in its own
 * form. Null for anything else that a proxy may have written.
 */
export function addressOf(given: string | null | undefined): string | null {
  const address = (given ?? "").split("%")[0]?.trim() ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  return isIP(address) === 0 ? null : address;
}

/** What one subscriber of a provider holds: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(given: string): string {
  const address = addressOf(given) ?? given;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...right];
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}
