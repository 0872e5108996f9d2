import EntityModel

/// Cuts the wanted fields out of an entity's bytes, as `FieldProjection.apply` does on the parsed entity.
struct ProjectedEntity {
    typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    let index: CatalogIndex
    let slot: UInt32
    let body: [UInt8]

    func append(_ fields: FieldProjection, to out: inout [UInt8]) {
        // Escaped keys are compared as text.
        if body.contains(UInt8(ascii: "\\")), hasEscapedKey {
            return JSONWriter.append(.object(fields.apply(to: index.object(of: slot))), to: &out)
        }
        body.withUnsafeBufferPointer { bytes in
            _ = append(fields.paths.map { $0[...] }, of: bytes[...], level: .root, to: &out, isForced: true)
        }
    }

    private var hasEscapedKey: Bool {
        body.withUnsafeBufferPointer { JSONMembers.hasEscapedKey(in: $0[...]) }
    }

    private enum Level { case root, metadata, other }

    /// One member and what is wanted of it; nil for all.
    private struct Wanted {
        let key: Bytes
        let value: Bytes
        var rests: [ArraySlice<UInt8>]?
    }

    /// Appends an object with the wanted members.
    /// - Returns: whether there are any; nothing is appended otherwise, unless forced.
    private func append(
        _ paths: [ArraySlice<UInt8>], of object: Bytes, level: Level, to out: inout [UInt8], isForced: Bool
    ) -> Bool {
        var chosen = [(key: Bytes, value: Bytes)?](repeating: nil, count: paths.count)
        JSONMembers.forEach(in: object) { key, value in
            for number in paths.indices where Self.leads(paths[number], through: key) {
                // The shortest key that the path begins with is the one that is meant.
                if let other = chosen[number], other.key.count <= key.count { continue }
                chosen[number] = (key, value)
            }
            return true
        }
        let start = out.count
        out.append(UInt8(ascii: "{"))
        var done: [Wanted] = []
        for (path, found) in zip(paths, chosen) {
            guard let found else { continue }
            let rest = path.count == found.key.count ? nil : path.dropFirst(found.key.count + 1)
            if let known = done.firstIndex(where: { $0.key.startIndex == found.key.startIndex }) {
                if let rest { done[known].rests?.append(rest) } else { done[known].rests = nil }
            } else {
                done.append(Wanted(key: found.key, value: found.value, rests: rest.map { [$0] }))
            }
        }
        for wanted in done { append(wanted, level, to: &out) }
        appendOwn(paths, chosen.map { $0 != nil }, level, to: &out)
        if out.count == start + 1, !isForced {
            out.removeLast()
            return false
        }
        // Each member ends with a comma.
        if out.last == UInt8(ascii: ",") { out.removeLast() }
        out.append(UInt8(ascii: "}"))
        return true
    }

    private func append(_ wanted: Wanted, _ level: Level, to out: inout [UInt8]) {
        let start = out.count
        let isMetadata = level == .root && wanted.key.elementsEqual("metadata".utf8)
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: wanted.key)
        out.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
        if let rests = wanted.rests {
            guard wanted.value.first == UInt8(ascii: "{"),
                append(
                    rests, of: wanted.value, level: isMetadata ? .metadata : .other, to: &out, isForced: false)
            else { return out.removeSubrange(start...) }
        } else if isMetadata, wanted.value.count > 2 {
            out.append(contentsOf: wanted.value.dropLast())
            index.appendIdentity(slot, to: &out)
            out.append(UInt8(ascii: "}"))
        } else {
            out.append(contentsOf: wanted.value)
        }
        out.append(UInt8(ascii: ","))
    }

    /// Appends what the catalog adds and the body does not hold.
    private func appendOwn(
        _ paths: [ArraySlice<UInt8>], _ isFound: [Bool], _ level: Level, to out: inout [UInt8]
    ) {
        let names =
            switch level {
            case .root: ["relations"]
            case .metadata: ["uid", "etag"]
            case .other: [String]()
            }
        var done: Set<String> = []
        for (path, isFound) in zip(paths, isFound) where !isFound {
            guard let name = names.first(where: { path.elementsEqual($0.utf8) }), done.insert(name).inserted else {
                continue
            }
            out.append(UInt8(ascii: "\""))
            out.append(contentsOf: name.utf8)
            out.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
            if name == "relations" {
                index.appendRelations(slot, to: &out)
            } else {
                index.appendIdentity(name, slot, to: &out)
            }
            out.append(UInt8(ascii: ","))
        }
    }

    private static func leads(_ path: ArraySlice<UInt8>, through key: Bytes) -> Bool {
        guard path.count >= key.count, path.prefix(key.count).elementsEqual(key) else { return false }
        return path.count == key.count || path[path.startIndex + key.count] == UInt8(ascii: ".")
    }
}
