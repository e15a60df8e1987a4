import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Public } from "../auth/policy.js";
import type { Context } from "../graphql/context.js";
import { BadInput } from "../graphql/errors.js";
import { Node, parseGlobalId } from "../graphql/node.js";
import type { Loaders } from "../loaders/index.js";
import { auditNodes } from "./audit.js";
import { catalogNodes } from "./catalog.js";
import { identityNodes } from "./identity.js";
import { jobNodes } from "./jobs.js";
import { learnerNodes } from "./learner.js";
import { pathwaysNodes } from "./pathways.js";
import { pointsNodes } from "./points.js";
import { progressNodes } from "./progress.js";
import { streaksNodes } from "./streaks.js";

/** Every type that `node` can fetch and the loader that does; loaders hide what the viewer may not see. */
export const nodeLoaders = {
  ...auditNodes,
  ...catalogNodes,
  ...identityNodes,
  ...jobNodes,
  ...learnerNodes,
  ...pathwaysNodes,
  ...pointsNodes,
  ...progressNodes,
  ...streaksNodes,
} satisfies Record<string, keyof Loaders>;

const maxNodes = 100;
const isNodeType = (type: string): type is keyof typeof nodeLoaders => Object.hasOwn(nodeLoaders, type);

async function load({ loaders }: Context, id: string): Promise<object | null> {
  const parsed = parseGlobalId(id);
  if (!parsed || !isNodeType(parsed.type)) throw new BadInput("id", "This is not a global id.", "INVALID_ID");
  const row = await loaders[nodeLoaders[parsed.type]].load(parsed.key);
  return row && { ...row, __typename: parsed.type };
}

@Resolver()
export class NodeQueries {
  @Public()
  @Query(() => Node, { nullable: true, description: "Anything by its global id; null when missing or not visible to the viewer." })
  node(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() context: Context) {
    return load(context, id);
  }

  @Public()
  @Query(() => [Node], { nullable: "items", description: "Up to 100 things by their global ids, in the same order; null for what is missing, not visible or not an id." })
  nodes(@Arg("ids", () => [ID], { description: "Global ids, at most 100." }) ids: string[], @Ctx() context: Context) {
    if (ids.length > maxNodes) throw new BadInput("ids", `At most ${maxNodes} ids may be given.`);
    return ids.map((id) => load(context, id));
  }
}
