import EntityModel

/// The search keys that paths through stored bodies lead to, found by steps from member to member so that no path is
/// spelled out twice.
struct KeyPaths {
    /// What becomes of the values at a path.
    enum Use: UInt8 {
        case indexed
        /// Neither it nor what is below it can be asked for.
        case skipped
        case name, namespace, status
    }

    private struct Node {
        let parent: UInt32
        let keyStart: Int
        let keyCount: Int
        let use: Use
        /// Number of the search key.
        let key: UInt32
        /// The whole path as written.
        let path: String
    }

    private var nodes: [Node] = []
    private var keyBytes: [UInt8] = []
    /// Open addressing with linear steps; a number plus one, zero for empty.
    private var table = [UInt32](repeating: 0, count: 256)
    private var numbers: [String: UInt32] = [:]
    /// The search keys, which are in lowercase letters.
    private(set) var keys: [String] = []

    /// The path of a whole body.
    static let root: UInt32 = .max
    /// Any path below one that is skipped.
    private static let nowhere: UInt32 = .max - 1

    /// The path of a member, given the path of its object and its key as text.
    mutating func step(_ parent: UInt32, _ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if parent != Self.root, use(parent) != .indexed { return Self.nowhere }
        var place = Int(truncatingIfNeeded: hash(parent, key)) & (table.count - 1)
        while table[place] != 0 {
            let number = table[place] - 1
            if isNode(number, parent, key) { return number }
            place = (place + 1) & (table.count - 1)
        }
        return add(parent, key, at: place)
    }

    func use(_ path: UInt32) -> Use { path == Self.nowhere ? .skipped : nodes[Int(path)].use }
    /// Whether what is at a path can be told from what is at another.
    func isKnown(_ path: UInt32) -> Bool { path < Self.nowhere }
    func key(_ path: UInt32) -> UInt32 { nodes[Int(path)].key }

    /// The number of a search key.
    mutating func number(of key: String) -> UInt32 {
        if let number = numbers[key] { return number }
        let number = UInt32(keys.count)
        keys.append(key)
        numbers[key] = number
        return number
    }

    private func hash(_ parent: UInt32, _ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        ((StableHash.of(key) ^ UInt64(parent)) &* 0x9E37_79B9_7F4A_7C15) >> 20
    }

    private func isNode(_ number: UInt32, _ parent: UInt32, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = nodes[Int(number)]
        guard node.parent == parent, node.keyCount == key.count else { return false }
        return keyBytes.withUnsafeBufferPointer { bytes in
            ByteOrder.compare(UnsafeBufferPointer(rebasing: bytes[node.keyStart..<(node.keyStart + key.count)]), key)
                == 0
        }
    }

    private mutating func add(_ parent: UInt32, _ key: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt32 {
        let text = String(decoding: key, as: UTF8.self)
        let path = parent == Self.root ? text : "\(nodes[Int(parent)].path).\(text)"
        var use = Self.use(of: path)
        // A member of the whole that is called so is not the one within metadata.
        if parent == Self.root, use == .name || use == .namespace { use = .skipped }
        let number = UInt32(nodes.count)
        nodes.append(
            Node(
                parent: parent, keyStart: keyBytes.count, keyCount: key.count, use: use,
                key: use == .indexed ? self.number(of: path.lowercased()) : 0, path: path))
        keyBytes.append(contentsOf: key)
        table[place] = number + 1
        if nodes.count * 3 > table.count * 2 { grow() }
        return number
    }

    private mutating func grow() {
        table = [UInt32](repeating: 0, count: table.count * 2)
        for (number, node) in nodes.enumerated() {
            var place = keyBytes.withUnsafeBufferPointer { bytes in
                let key = UnsafeBufferPointer(rebasing: bytes[node.keyStart..<(node.keyStart + node.keyCount)])
                return Int(truncatingIfNeeded: hash(node.parent, key)) & (table.count - 1)
            }
            while table[place] != 0 { place = (place + 1) & (table.count - 1) }
            table[place] = UInt32(number) + 1
        }
    }

    private static func use(of path: String) -> Use {
        switch path {
        case "metadata.name": .name
        case "metadata.namespace": .namespace
        case "status": .status
        default: SearchRows.isSkipped(path) || !SearchRows.isShort(path) ? .skipped : .indexed
        }
    }
}
