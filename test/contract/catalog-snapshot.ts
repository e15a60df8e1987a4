import { sql } from "drizzle-orm";
import { rowsOf, type Database } from "../../src/db/client.js";

/** What a database consists of: for each table its objects, each with its definition as PostgreSQL prints it. */
export type CatalogSnapshot = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads columns, keys, checks, references, indexes and partitioning of every table outside the system's,
 * the migrator's and pg-boss's schemas. Partitions of single months are left out: they come and go.
 */
export async function readCatalog(db: Database): Promise<CatalogSnapshot> {
  const rows = await rowsOf<{ table: string; object: string; definition: string }>(
    db,
    sql`
      with relations as (
        select c.oid, c.relname, c.relkind, c.relispartition, c.relpartbound, n.nspname,
               n.nspname || '.' || c.relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'drizzle')
          and (not c.relispartition or pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT')
      )
      select name as table, 'table' as object,
             case when relispartition then 'partition ' || pg_get_expr(relpartbound, oid)
                  when relkind = 'p' then 'partitioned by ' || pg_get_partkeydef(oid) else 'plain' end as definition
      from relations
      union all
      select r.name, 'column ' || a.attname,
             format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
               || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
               || case a.attgenerated when 's' then ' generated ' else ' default ' end
               || coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')
      from relations r join pg_attribute a on a.attrelid = r.oid
        left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
      where a.attnum > 0 and not a.attisdropped
      union all
      -- Names of references differ by tool and no code reads them, so their definition is their name.
      select r.name,
             case k.contype when 'f' then 'reference ' || pg_get_constraintdef(k.oid)
                            when 'c' then 'check ' || k.conname else 'key ' || k.conname end,
             pg_get_constraintdef(k.oid)
      from relations r join pg_constraint k on k.conrelid = r.oid
      where k.contype in ('c', 'f', 'p', 'u')
      union all
      select r.name, 'index ' || i.relname, pg_get_indexdef(i.oid)
      from relations r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
      order by 1, 2
    `,
  );
  const snapshot = new Map<string, Map<string, string>>();
  for (const { table, object, definition } of rows) {
    const objects = snapshot.get(table) ?? new Map<string, string>();
    objects.set(object, plainNumbers(definition));
    snapshot.set(table, objects);
  }
  return snapshot;
}

/** `'0.85'::numeric` and `0.85` are the same default; Drizzle writes numeric as text. */
const plainNumbers = (definition: string): string => definition.replace(/ '(-?[\d.]+)'::numeric/g, " $1");
