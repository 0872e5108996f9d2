import EntityModel

/// The rows of some entities, as `RowReader` found them.
struct RowBatch: Sendable {
    /// One value under one key.
    struct Row: BitwiseCopyable, Sendable {
        let key: UInt32
        /// Where the lowercased value is in `texts`; the value as written follows where it differs.
        let start: UInt32
        let lowerCount: UInt16
        /// Zero where the value is in lowercase letters already.
        let writtenCount: UInt16
        let isElement: Bool
        /// The key is there without a value that can be compared.
        let isNull: Bool
    }

    /// What else reading a body tells of it.
    struct Facts: BitwiseCopyable, Sendable {
        var bodyHash: UInt64 = 0
        var metadataEnd: UInt32 = 0
        var hasEscapedKey = false
        var metadataMembers: MetadataMembers = []
        /// Where the entity's rows end; they begin where the last one's end.
        var end = 0
        /// Where its hashes end, in the same way.
        var hashesEnd = 0
    }

    var rows: [Row] = []
    var texts: [UInt8] = []
    var facts: [Facts] = []
    /// Of each entity's reference, and of those that its edges lead to.
    var hashes: [UInt64] = []
    /// The search keys by number.
    var keys: [String] = []
}

extension RowBatch.Facts {
    /// What a body tells, apart from its rows.
    init(of body: [UInt8]) {
        bodyHash = StableHash.of(body)
        metadataEnd = MetadataEnd.find(in: body)
        hasEscapedKey = JSONMembers.hasEscapedKey(in: body)
        metadataMembers = .all(in: body)
    }
}
