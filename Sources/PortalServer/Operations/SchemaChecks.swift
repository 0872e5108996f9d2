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

    var all: [DatabaseCheck] { basic + shapes }

    /// Without these nothing else can be looked at.
    var basic: [DatabaseCheck] { [integrity, known, applied] }

    /// What is wrong here may keep a check of a plugin from its answer, and mostly does not.
    var shapes: [DatabaseCheck] { [tables, indexes] }

    private var integrity: DatabaseCheck {
        Self.check(
            isThorough ? "the engine finds its data and indexes whole" : "the engine finds its data whole",
            mend: "Stop the portal, keep a copy of the files, and run callboard restore BACKUP --replace."
        ) { [isThorough] in try SchemaState.integrity($0, isThorough: isThorough) }
    }

    private var known: DatabaseCheck {
        Self.check(
            "every migration is one of this program",
            mend:
                "Use the program that made this database; or, with that one and the portal stopped, take back what this "
                + "one does not know: callboard migrate --back-to FEATURE:NUMBER, with the last number that callboard "
                + "migrations of this program knows of each feature above."
        ) { [migrations] in try SchemaState.foreign(migrations, $0) }
    }

    private var applied: DatabaseCheck {
        Self.check(
            "every migration of this program was applied",
            mend: "Run callboard backup FILE; then start the portal, or stop it and run callboard migrate."
        ) { [migrations] in try SchemaState.missing(migrations, $0) }
    }

    private var tables: DatabaseCheck {
        Self.check(
            "the tables have the columns that the migrations make",
            mend: "Somebody changed the tables by hand. Undo that with ALTER TABLE … DROP COLUMN for what is there "
                + "besides; for what is lacking, stop the portal and run callboard restore BACKUP --replace."
        ) { [migrations] in try SchemaState.wrongTables(migrations, $0) }
    }

    private var indexes: DatabaseCheck {
        Self.check(
            "the indexes that the migrations make are there and in use",
            mend: "Run the statements above, the portal may run meanwhile."
        ) { [migrations] in try SchemaState.missingIndexes(migrations, $0) }
    }
}
