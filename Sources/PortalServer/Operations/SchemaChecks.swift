import Database
import PortalKit

/// Whether the database itself is whole, and has the tables that this program works with.
struct SchemaChecks {
    let migrations: [Migration]
    let isThorough: Bool

    init(_ migrations: [Migration], isThorough: Bool) {
        self.migrations = migrations
        self.isThorough = isThorough
    }

    private static func check(
        _ name: String, mend: String, _ find: @escaping @Sendable (any Transaction) throws -> [String]
    ) -> DatabaseCheck {
        DatabaseCheck(name, mend: mend) { transaction, findings in
            for text in try find(transaction) { findings.add(text) }
        }
    }

    var all: [DatabaseCheck] { [integrity, known, applied, tables, indexes] }

    private var integrity: DatabaseCheck {
        Self.check(
            isThorough ? "the engine finds its data and indexes whole" : "the engine finds its data whole",
            mend: "Stop the portal, keep a copy of the files, and restore a backup: callboard restore FILE --replace."
        ) { [isThorough] in try SchemaState.integrity($0, isThorough: isThorough) }
    }

    private var known: DatabaseCheck {
        Self.check(
            "every migration is one of this program",
            mend:
                "Use the program that made this database, or take back with it what this one does not know: callboard "
                + "migrate --back-to …; the refusal of `callboard serve` names what."
        ) { [migrations] in try SchemaState.foreign(migrations, $0) }
    }

    private var applied: DatabaseCheck {
        Self.check(
            "every migration of this program was applied",
            mend: "Make a backup, then start the portal or run callboard migrate."
        ) { [migrations] in try SchemaState.missing(migrations, $0) }
    }

    private var tables: DatabaseCheck {
        Self.check(
            "the tables have the columns that the migrations make",
            mend: "Somebody changed the tables by hand: undo that, or restore a backup."
        ) { [migrations] in try SchemaState.wrongTables(migrations, $0) }
    }

    private var indexes: DatabaseCheck {
        Self.check(
            "the indexes that the migrations make are there and in use",
            mend: "Make them again; Tests/Golden/schema-sqlite.sql and schema-postgres.sql have their statements. On "
                + "PostgreSQL REINDEX mends one that is not valid."
        ) { [migrations] in try SchemaState.missingIndexes(migrations, $0) }
    }
}
