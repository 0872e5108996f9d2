import PortalKit

/// How much anybody can keep.
enum SettingsLimits {
    /// Of a bucket's name and of a key, as upstream's columns have it.
    static let longestName = 255
    /// Of one value as JSON: a thousand stars or a hundred visits at their longest fit.
    static let largestValue = 256 << 10
    /// Of the body that holds a value: escapes and white space are not stored.
    static let largestBody = 512 << 10
    static let mostValues = 200
    static let mostBytes = 1 << 20
    /// Sessions are made by whoever comes as a guest, so less is kept for each of them...
    static let mostBytesOfSession = 512 << 10
    /// ...and values for so many in all.
    static let mostValuesOfSessions = 20_000
    /// Names that are asked for at once: upstream's pages ask for a hundred.
    static let mostAtOnce = 100
    /// A primary key of both names and this fits into an index of PostgreSQL.
    static let longestOwnerBytes = 600

    /// Refuses names that cannot be stored.
    static func check(_ name: SettingName) throws {
        try check(name.bucket, "bucket")
        try check(name.key, "key")
    }

    private static func check(_ text: String, _ what: String) throws {
        if text.isEmpty { throw PortalError(.input, "The \(what) is empty") }
        guard !text.utf8.contains(0) else { throw PortalError(.input, "The \(what) holds a NUL character") }
        guard text.utf8.count <= longestName * 4, text.unicodeScalars.count <= longestName else {
            throw PortalError(.input, "The \(what) is longer than \(longestName) characters")
        }
    }

    static func check(value bytes: Int) throws {
        guard bytes <= largestValue else {
            throw PortalError(
                .tooLarge,
                "The value has \(ByteCount.text(bytes)) as JSON; \(ByteCount.text(largestValue)) are the limit")
        }
    }
}
