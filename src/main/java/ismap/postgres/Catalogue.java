package ismap.postgres;

import ismap.backup.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the schema {@code ismap} consists of, as the database itself says: a table that a later migration makes is among it. */
final class Catalogue {

    /** Flyway's own; it is made by migrating, and not copied. */
    static final String HISTORY = "flyway_schema_history";

    private static final String COLUMNS = """
            select c.relname, a.attname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relnamespace = (select oid from pg_namespace where nspname = 'ismap') and c.relkind = 'r' and c.relname <> ?
            order by c.relname, a.attnum
            """;

    private static final String REFERENCES = """
            select c.relname, r.relname
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_class r on r.oid = k.confrelid
            where k.contype = 'f' and k.conrelid <> k.confrelid
                and c.relnamespace = (select oid from pg_namespace where nspname = 'ismap')
            """;

    private static final String COUNTERS = """
            select sequencename, last_value from pg_sequences where schemaname = 'ismap' and last_value is not null
            """;

    private static final String VERSION = """
            select version from ismap.flyway_schema_history
            where success and version is not null order by installed_rank desc limit 1
            """;

    /** All that a migration can make, each with the statement that takes it away. */
    private static final String DROPS = """
            select format('drop %s if exists ismap.%I cascade', case relkind when 'v' then 'view'
                when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, relname)
            from pg_class c where relnamespace = (select oid from pg_namespace where nspname = 'ismap')
                and relkind in ('r', 'p', 'v', 'm', 'S')
                and not exists (select from pg_depend d where d.objid = c.oid and relkind = 'S' and d.deptype in ('a', 'i'))
            union all
            select format('drop routine if exists %s cascade', oid::regprocedure)
            from pg_proc where pronamespace = (select oid from pg_namespace where nspname = 'ismap')
            union all
            select format('drop type if exists ismap.%I cascade', typname)
            from pg_type where typnamespace = (select oid from pg_namespace where nspname = 'ismap')
                and typtype in ('e', 'd')
            """;

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** The table with its columns, as COPY wants them. */
    static String quoted(Table table) {
        return "ismap.%s (%s)"
                .formatted(
                        quoted(table.name()),
                        String.join(
                                ", ",
                                table.columns().stream().map(Catalogue::quoted).toList()));
    }

    /** Each refers to itself and to those before it alone. */
    List<Table> tables() throws SQLException {
        var columns = new LinkedHashMap<String, List<String>>();
        try (var select = connection.prepareStatement(COLUMNS)) {
            select.setString(1, HISTORY);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        Map<String, Set<String>> references = references();
        var ordered = new LinkedHashSet<String>();
        while (ordered.size() < columns.size()) {
            var ready = columns.keySet().stream()
                    .filter(table -> !ordered.contains(table))
                    .filter(table -> ordered.containsAll(references.getOrDefault(table, Set.of())))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + references);
            }
            ordered.addAll(ready);
        }
        return ordered.stream()
                .map(name -> new Table(name, columns.getOrDefault(name, List.of())))
                .toList();
    }

    private Map<String, Set<String>> references() throws SQLException {
        var references = new TreeMap<String, Set<String>>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(REFERENCES)) {
            while (row.next()) {
                references
                        .computeIfAbsent(row.getString(1), table -> new TreeSet<>())
                        .add(row.getString(2));
            }
        }
        return references;
    }

    /** What sequences have come to. */
    SortedMap<String, Long> counters() throws SQLException {
        var counters = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTERS)) {
            while (row.next()) {
                counters.put(row.getString(1), row.getLong(2));
            }
        }
        return counters;
    }

    boolean hasHistory() throws SQLException {
        return ask("select to_regclass('ismap.%s')".formatted(HISTORY)).isPresent();
    }

    /** The last migration; empty before any. */
    Optional<String> version() throws SQLException {
        return ask(VERSION);
    }

    boolean hasRows(String table) throws SQLException {
        return ask("select 1 from ismap.%s limit 1".formatted(quoted(table))).isPresent();
    }

    /** Takes away all tables and what belongs to them, and leaves the schema, which may be another's. */
    void drop() throws SQLException {
        var drops = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DROPS)) {
            while (row.next()) {
                drops.add(row.getString(1));
            }
        }
        try (var statement = connection.createStatement()) {
            for (String drop : drops) {
                statement.execute(drop);
            }
        }
    }

    /** The first column of the first row; empty where there is none, or it is null. */
    Optional<String> ask(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }
}
