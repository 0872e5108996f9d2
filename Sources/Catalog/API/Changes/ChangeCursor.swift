import EntityModel
import PortalKit

/// Where the next page of changes begins: `<number>-<filter>-<database>`. The filters stand beside it, and must be those
/// that it was made for.
struct ChangeCursor: Sendable, Hashable {
    private static let shownEpoch = 8

    let number: Int64
    /// The beginning of the database's identity.
    let epoch: String
    /// The fingerprint of the filters.
    let filter: String

    init(_ number: Int64, _ epoch: String, _ filter: ChangeFilter) {
        self.number = number
        self.epoch = String(epoch.prefix(Self.shownEpoch))
        self.filter = filter.fingerprint
    }

    var text: String { "\(number)-\(filter)-\(epoch)" }

    /// - Throws: `PortalError` of kind `input` that says `Malformed cursor`.
    init(parsing text: String, for filter: ChangeFilter) throws {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int64(parts[0]), number >= 0 else {
            throw PortalError(.input, "Malformed cursor: it is none of this portal")
        }
        guard parts[1] == filter.fingerprint else {
            throw PortalError(.input, "Malformed cursor: it goes with other filters; begin anew without it")
        }
        self.number = number
        self.filter = filter.fingerprint
        epoch = String(parts[2])
    }

    /// - Throws: `PortalError` of kind `input` where it is of another database.
    func check(_ epoch: String) throws {
        guard self.epoch == epoch.prefix(Self.shownEpoch) else {
            throw PortalError(.input, "Malformed cursor: the catalog's database is another now; begin anew without it")
        }
    }
}

extension ChangeFilter {
    /// A short text that other filters do not have.
    var fingerprint: String {
        let parts = [
            entity?.description, kind, owner?.description, system?.description, author?.rawValue, authorName,
            sort?.rawValue, from.map(String.init), to.map(String.init),
        ]
        // With their lengths no two lists of parts are the same text.
        let text = parts.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined()
        return String(StableHash.text(StableHash.of(text)).prefix(8))
    }
}
