import type { Viewer } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import { Statements } from "../db/statements.js";
import { assessmentLoaders } from "./assessment.js";
import { auditLoaders } from "./audit.js";
import { catalogLoaders } from "./catalog.js";
import { identityLoaders } from "./identity.js";
import { jobLoaders } from "./jobs.js";
import { learnerLoaders } from "./learner.js";
import type { Pageable } from "./lists.js";
import { pathwaysLoaders } from "./pathways.js";
import { pointsLoaders } from "./points.js";
import { progressLoaders } from "./progress.js";
import { sourceFileLoaders } from "./source-files.js";
import { Everyone, Pages, type Definition, type Loader, type Readable, type Source } from "./source.js";
import { streaksLoaders } from "./streaks.js";

const definitions = {
  ...assessmentLoaders,
  ...auditLoaders,
  ...catalogLoaders,
  ...identityLoaders,
  ...jobLoaders,
  ...learnerLoaders,
  ...pathwaysLoaders,
  ...pointsLoaders,
  ...progressLoaders,
  ...sourceFileLoaders,
  ...streaksLoaders,
};

type Named = { readonly [Name in keyof typeof definitions]: ReturnType<(typeof definitions)[Name]> };

/** All loaders of one operation by name, and what they read from. */
export interface Loaders extends Named, Source {}

/** How the loader of this name was declared; undefined when there is none. */
export const declarationOf = (name: string): Declaration | undefined => (definitions as Record<string, Declaration>)[name];

export const loaderNames: readonly string[] = Object.keys(definitions);

export type Declaration = Definition<unknown> | Readable<unknown> | (Definition<unknown> & Pageable<unknown>);

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
  readonly pages = new Pages();
  wanted: Source["wanted"];
  written: Source["written"];

  constructor(
    readonly db: Database,
    readonly viewer: Viewer,
  ) {
    ({ statements: this.statements, everyone: this.everyone } = sharedOf(db));
  }

  loader(name: string): Loader<unknown> {
    return this[name as keyof this] as Loader<unknown>;
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

export const createLoaders = (db: Database, viewer: Viewer): Loaders => new LoaderSet(db, viewer) as unknown as Loaders;
