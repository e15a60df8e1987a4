import type { Viewer } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import { Statements } from "../db/statements.js";
import { auditLoaders } from "./audit.js";
import { catalogLoaders } from "./catalog.js";
import { identityLoaders } from "./identity.js";
import { jobLoaders } from "./jobs.js";
import { learnerLoaders } from "./learner.js";
import { pathwaysLoaders } from "./pathways.js";
import { pointsLoaders } from "./points.js";
import { progressLoaders } from "./progress.js";
import { Everyone, type Definition, type Source } from "./source.js";
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

/** What all requests of a process share, for each database that it has open. */
const sharedBy = new WeakMap<Database, { statements: Statements; everyone: Everyone }>();

function sharedOf(db: Database): { statements: Statements; everyone: Everyone } {
  const known = sharedBy.get(db);
  if (known) return known;
  const statements = new Statements();
  const made = { statements, everyone: new Everyone(db, statements) };
  sharedBy.set(db, made);
  return made;
}

/** Each loader is made when an operation first needs it, and lives as long as the operation. */
class LoaderSet implements Source {
  readonly statements: Statements;
  readonly everyone: Everyone;
  readonly batching = {};

  constructor(
    readonly db: Database,
    readonly viewer: Viewer,
  ) {
    ({ statements: this.statements, everyone: this.everyone } = sharedOf(db));
  }
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

export const createLoaders = (db: Database, viewer: Viewer): Loaders => sourceOf(db, viewer) as Source & Loaders;

/** What the loaders of one operation read from. */
export const sourceOf = (db: Database, viewer: Viewer): Source => new LoaderSet(db, viewer);
