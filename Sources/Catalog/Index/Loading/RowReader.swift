import EntityModel

/// Takes the search rows of stored bodies from their bytes, without a tree between: the same that `SearchRows` takes from
/// the tree, but for those that the index derives.
struct RowReader {
    private typealias Bytes = JSONMembers.Bytes

    /// What is no compact JSON as it is stored.
    private struct Unexpected: Error {}

    private var paths: KeyPaths
    private var batch = RowBatch()
    private var facts = RowBatch.Facts()
    private let uidKey, nameKey, namespaceKey, errorKey: UInt32
    private let metadataPath: UInt32
    private var name: Range<Int>?
    private var namespace: Range<Int>?
    private var depth = 0
    /// How many objects have begun.
    private var objects: UInt64 = 0
    /// By path: the object in which it was met last.
    private var lastObject: [UInt64] = []

    init() {
        var paths = KeyPaths()
        uidKey = paths.number(of: "metadata.uid")
        nameKey = paths.number(of: "metadata.name")
        namespaceKey = paths.number(of: "metadata.namespace")
        errorKey = paths.number(of: SearchRows.errorKey)
        metadataPath = "metadata".withBytes { paths.step(KeyPaths.root, $0) }
        self.paths = paths
    }

    /// The rows of entities.
    /// - Throws: `JSONParseError` where a body is damaged.
    mutating func read(_ entities: some Collection<StoredEntity>) throws -> RowBatch {
        batch = RowBatch()
        batch.rows.reserveCapacity(entities.count * 32)
        for entity in entities {
            let (rows, texts) = (batch.rows.count, batch.texts.count)
            facts = RowBatch.Facts()
            do {
                try entity.body.withUnsafeBufferPointer { try read($0, uid: entity.uid) }
                facts.bodyHash = StableHash.of(entity.body)
            } catch is Unexpected {
                batch.rows.removeSubrange(rows...)
                batch.texts.removeSubrange(texts...)
                try readTree(entity)
            }
            facts.end = batch.rows.count
            batch.hashes.append(StableHash.of(entity.reference))
            entity.edges.forEach { batch.hashes.append(StableHash.of($0.other)) }
            facts.hashesEnd = batch.hashes.count
            batch.facts.append(facts)
        }
        batch.keys = paths.keys
        return batch
    }

    /// The slow way, for what was not written by this program.
    private mutating func readTree(_ entity: StoredEntity) throws {
        for row in try SearchRows.stored(of: entity.body, uid: entity.uid) {
            let key = paths.number(of: row.key)
            if let value = row.value { add(key, value, isElement: row.isElement) } else { addNull(key) }
        }
        facts = RowBatch.Facts(of: entity.body)
    }

    private mutating func read(_ body: UnsafeBufferPointer<UInt8>, uid: String) throws {
        // What is let in here has to be what `JSONParser` lets in, or a later change of the entity could not be followed.
        guard JSONMembers.isSound(body) else { throw Unexpected() }
        (name, namespace, depth) = (nil, nil, 0)
        var end = 0
        try object(body, &end, KeyPaths.root)
        guard end == body.count else { throw Unexpected() }
        try addText(name, nameKey, body, otherwise: nil)
        try addText(namespace, namespaceKey, body, otherwise: EntityReference.defaultNamespace)
        add(uidKey, uid, isElement: false)
    }

    private mutating func addText(
        _ range: Range<Int>?, _ key: UInt32, _ body: UnsafeBufferPointer<UInt8>, otherwise: String?
    ) throws {
        if let range {
            try text(body, range, key, isElement: false)
        } else if let otherwise {
            add(key, otherwise, isElement: false)
        } else {
            addNull(key)
        }
    }

    // MARK: Values

    private mutating func object(_ body: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ path: UInt32) throws {
        try enter()
        objects += 1
        let number = objects
        try expect(UInt8(ascii: "{"), body, &index)
        if index < body.count, body[index] == UInt8(ascii: "}") { return leave(&index) }
        while true {
            guard index < body.count, body[index] == UInt8(ascii: "\"") else { throw Unexpected() }
            let key = try textRange(body, &index)
            try expect(UInt8(ascii: ":"), body, &index)
            let member = try step(path, body, key)
            if path == metadataPath, let known = MetadataMembers.named(body[key]) {
                facts.metadataMembers.insert(known)
            }
            try note(member, in: number)
            try value(body, &index, member, isElement: false)
            if path == KeyPaths.root, isMetadata(body, key), facts.metadataEnd == 0,
                body[index - 1] == UInt8(ascii: "}"),
                body[index - 2] != UInt8(ascii: "{")
            {
                facts.metadataEnd = UInt32(clamping: index - 1)
            }
            guard index < body.count else { throw Unexpected() }
            if body[index] == UInt8(ascii: "}") { return leave(&index) }
            try expect(UInt8(ascii: ","), body, &index)
        }
    }

    /// Of two members of one name the last counts, which only the tree tells; this program writes none.
    private mutating func note(_ path: UInt32, in object: UInt64) throws {
        guard paths.isKnown(path) else { return }
        while lastObject.count <= Int(path) { lastObject.append(0) }
        guard lastObject[Int(path)] != object else { throw Unexpected() }
        lastObject[Int(path)] = object
    }

    private func isMetadata(_ body: UnsafeBufferPointer<UInt8>, _ key: Range<Int>) -> Bool {
        key.count == 8 && body[key].elementsEqual("metadata".utf8)
    }

    private mutating func step(_ path: UInt32, _ body: UnsafeBufferPointer<UInt8>, _ key: Range<Int>) throws -> UInt32 {
        let bytes = UnsafeBufferPointer(rebasing: body[key])
        guard ByteSearch.contains(UInt8(ascii: "\\"), in: bytes) else { return paths.step(path, bytes) }
        facts.hasEscapedKey = true
        return try unescaped(bytes).withBytes { paths.step(path, $0) }
    }

    private mutating func array(_ body: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ path: UInt32) throws {
        try enter()
        try expect(UInt8(ascii: "["), body, &index)
        if index < body.count, body[index] == UInt8(ascii: "]") { return leave(&index) }
        while true {
            try value(body, &index, path, isElement: true)
            guard index < body.count else { throw Unexpected() }
            if body[index] == UInt8(ascii: "]") { return leave(&index) }
            try expect(UInt8(ascii: ","), body, &index)
        }
    }

    private mutating func value(
        _ body: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ path: UInt32, isElement: Bool
    ) throws {
        guard index < body.count else { throw Unexpected() }
        let start = index
        let use = paths.use(path)
        switch body[index] {
        case UInt8(ascii: "{"): try object(body, &index, path)
        case UInt8(ascii: "["): try array(body, &index, path)
        case UInt8(ascii: "\""):
            let range = try textRange(body, &index)
            switch use {
            case .indexed: try text(body, range, paths.key(path), isElement: isElement)
            case .name where !isElement: name = range
            case .namespace where !isElement: namespace = range
            default: try check(body, range)
            }
        default: try word(body, &index, use == .indexed ? paths.key(path) : nil)
        }
        if use == .status, !isElement { try readStatus(body[start..<index]) }
    }

    private mutating func readStatus(_ bytes: Bytes) throws {
        let items = try JSONParser.parse(Array(bytes))["items"]?.array ?? []
        if items.contains(where: { $0["level"] == "error" }) { add(errorKey, "true", isElement: false) }
    }

    /// `true`, `false`, `null` or a number.
    private mutating func word(_ body: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ key: UInt32?) throws {
        let start = index
        while index < body.count, !Self.endsWord(body[index]) { index += 1 }
        let word = body[start..<index]
        if word.elementsEqual("null".utf8) {
            if let key { addNull(key) }
        } else if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) || Self.isNumber(word) {
            if let key { add(key, UnsafeBufferPointer(rebasing: word), isElement: false) }
        } else {
            throw Unexpected()
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    /// Whether it is a number as this program writes them.
    private static func isNumber(_ word: Bytes) -> Bool {
        guard let text = String(validating: word, as: UTF8.self), let number = Double(text) else { return false }
        return JSONWriter.text(.number(number)) == text
    }

    private mutating func enter() throws {
        depth += 1
        if depth > JSONParser.deepestNesting { throw Unexpected() }
    }

    private mutating func leave(_ index: inout Int) {
        index += 1
        depth -= 1
    }

    private func expect(_ byte: UInt8, _ body: UnsafeBufferPointer<UInt8>, _ index: inout Int) throws {
        guard index < body.count, body[index] == byte else { throw Unexpected() }
        index += 1
    }

    /// The text that begins with a quote at `index`, without its quotes.
    private func textRange(_ body: UnsafeBufferPointer<UInt8>, _ index: inout Int) throws -> Range<Int> {
        let start = index + 1
        index = JSONMembers.endOfText(body, index, body.count)
        guard index > start, body[index - 1] == UInt8(ascii: "\"") else { throw Unexpected() }
        return start..<(index - 1)
    }

    // MARK: Rows

    private mutating func text(
        _ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ key: UInt32, isElement: Bool
    ) throws {
        let bytes = UnsafeBufferPointer(rebasing: body[range])
        if ByteSearch.contains(UInt8(ascii: "\\"), in: bytes) {
            add(key, try unescaped(bytes), isElement: isElement)
        } else {
            add(key, bytes, isElement: isElement)
        }
    }

    /// Escapes of what is not looked at must be right all the same.
    private func check(_ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws {
        let bytes = UnsafeBufferPointer(rebasing: body[range])
        if ByteSearch.contains(UInt8(ascii: "\\"), in: bytes) { _ = try unescaped(bytes) }
    }

    private func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) throws -> String {
        let quote = [UInt8(ascii: "\"")]
        guard let text = try JSONParser.parse(quote + bytes + quote).string else { throw Unexpected() }
        return text
    }

    private mutating func add(_ key: UInt32, _ value: UnsafeBufferPointer<UInt8>, isElement: Bool) {
        guard value.count <= SearchRows.longest, Self.isLowercase(value) else {
            return add(key, String(decoding: value, as: UTF8.self), isElement: isElement)
        }
        let start = UInt32(truncatingIfNeeded: batch.texts.count)
        batch.texts.append(contentsOf: value)
        batch.rows.append(
            .init(
                key: key, start: start, lowerCount: UInt16(value.count), writtenCount: 0, isElement: isElement,
                isNull: false))
    }

    private mutating func add(_ key: UInt32, _ value: String, isElement: Bool) {
        guard SearchRows.isShort(value) else { return addNull(key) }
        let start = UInt32(truncatingIfNeeded: batch.texts.count)
        let lowered = KeyColumn.Value(text: value, isElement: isElement).lowered
        batch.texts.append(contentsOf: lowered.utf8)
        let lowerCount = batch.texts.count - Int(start)
        let isLower = lowered.hasSameBytes(as: value)
        if !isLower { batch.texts.append(contentsOf: value.utf8) }
        batch.rows.append(
            .init(
                key: key, start: start, lowerCount: UInt16(truncatingIfNeeded: lowerCount),
                writtenCount: isLower ? 0 : UInt16(truncatingIfNeeded: value.utf8.count), isElement: isElement,
                isNull: false))
    }

    /// Whether it is ASCII without capitals, as most values are.
    private static func isLowercase(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var others: UInt8 = 0
        for byte in value { others |= byte & 0x80 | (byte &- 0x41 < 26 ? 1 : 0) }
        return others == 0
    }

    private mutating func addNull(_ key: UInt32) {
        batch.rows.append(.init(key: key, start: 0, lowerCount: 0, writtenCount: 0, isElement: false, isNull: true))
    }
}
