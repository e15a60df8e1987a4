import type { Viewer } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import { auditLoaders } from "./audit.js";
import { catalogLoaders } from "./catalog.js";
import type { Definition, Source } from "./factory.js";
import { identityLoaders } from "./identity.js";
import { jobLoaders } from "./jobs.js";
import { learnerLoaders } from "./learner.js";
import { pathwaysLoaders } from "./pathways.js";
import { pointsLoaders } from "./points.js";
import { progressLoaders } from "./progress.js";
import { streaksLoaders } from "./streaks.js";

const definitions = {
  ...auditLoaders,
  ...catalogLoaders,
  ...identityLoaders,
  ...jobLoaders,
  ...learnerLoaders,
  ...pathwaysLoaders,
  ...pointsLoaders,
  ...progressLoaders,
  ...streaksLoaders,
};

export type Loaders = { readonly [Name in keyof typeof definitions]: ReturnType<(typeof definitions)[Name]> };

/** Each loader is made when an operation first needs it, and lives as long as the operation. */
class LoaderSet implements Source {
  constructor(
    readonly db: Database,
    readonly viewer: Viewer,
  ) {}
}

for (const [name, define] of Object.entries<Definition<unknown>>(definitions)) {
  Object.defineProperty(LoaderSet.prototype, name, {
    get(this: LoaderSet) {
      const loader = define(this);
      Object.defineProperty(this, name, { value: loader });
      return loader;
    },
  });
}

export const createLoaders = (db: Database, viewer: Viewer): Loaders =>
  new LoaderSet(db, viewer) as unknown as Loaders;
