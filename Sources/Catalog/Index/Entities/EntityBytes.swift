import EntityModel

extension CatalogIndex {
    /// Changes whenever the entity as it is served changes.
    package func etag(of slot: UInt32) -> String {
        var out: [UInt8] = []
        appendTag(slot, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func appendTag(_ slot: UInt32, to out: inout [UInt8]) {
        guard let entry = entries[Int(slot)] else { return }
        StableHash.append(entry.bodyHash, to: &out)
        StableHash.append(edgeHashes[Int(slot)], to: &out)
    }

    /// The entity as it is served: body, uid, etag and relations.
    package func object(of slot: UInt32) -> JSONObject { object(of: slot, mostRelations: .max, longestText: nil) }

    /// The same with the first relations and the beginnings of long texts.
    func object(of slot: UInt32, mostRelations: Int, longestText: Int?) -> JSONObject {
        var object = own(of: slot, longestText: longestText)
        guard !object.isEmpty else { return object }
        object["relations"] = .array(
            relations.links(of: slot) { links in
                links.prefix(mostRelations).map { .object(relation($0)) }
            })
        return object
    }

    private func relation(_ link: RelationGraph.Link) -> JSONObject {
        let reference = references.text(link.other, texts)
        var relation: JSONObject = [
            "type": .string(relations.types[Int(link.type)]), "targetRef": .string(reference),
        ]
        if writesRelationTargets, let target = try? EntityReference(parsing: reference) {
            relation["target"] = [
                "kind": .string(target.kind), "namespace": .string(target.namespace), "name": .string(target.name),
            ]
        }
        return relation
    }

    /// How much of a text pages show: definitions may have megabytes, which are not even read.
    static let longestShown = 64 << 10

    /// The entity as pages tell of it: without its relations, and with no more than the beginning of a long text.
    func shown(_ slot: UInt32) -> Entity { Entity(own(of: slot, longestText: Self.longestShown)) }

    /// The entity without its relations, of which a team may have thousands.
    package func own(of slot: UInt32, longestText: Int? = nil) -> JSONObject {
        guard let uid = uid(of: slot),
            var object = (try? JSONParser.parse(body(of: slot, longestText: longestText), longestText: longestText))?
                .object
        else { return [:] }
        var metadata = object["metadata"]?.object ?? [:]
        metadata["uid"] = .string(uid)
        metadata["etag"] = .string(etag(of: slot))
        object["metadata"] = .object(metadata)
        return object
    }

    /// What names the entity on a page: kind, name, namespace, title and a person's or team's display name.
    package func outline(of slot: UInt32) -> JSONObject {
        let isLong = bodies.with(Int(slot), \.count) > Self.longestPassed
        guard let fields = Self.naming, !isLong else { return own(of: slot, longestText: Self.longestNamed) }
        var out: [UInt8] = []
        append(slot, to: &out, fields: fields)
        return (try? JSONParser.parse(out))?.object ?? [:]
    }

    /// Bytes of a body that are passed over for its names each time.
    private static let longestPassed = 16 << 10
    /// Bytes of a name.
    private static let longestNamed = 4 << 10

    private static let naming = try? FieldProjection([
        "kind", "metadata.name", "metadata.namespace", "metadata.title", "spec.profile.displayName",
    ])

    /// Appends the entity as JSON, without parsing it.
    package func append(_ slot: UInt32, to out: inout [UInt8], fields: FieldProjection? = nil) {
        guard let entry = entries[Int(slot)] else { return out.append("null") }
        // Escaped keys are compared as text.
        if let fields, entry.hasEscapedKey {
            return JSONWriter.append(.object(fields.apply(to: object(of: slot))), to: &out)
        }
        bodies.with(Int(slot)) { body in
            if let fields {
                return fields.withPaths { paths in
                    ProjectedEntity(slot: slot, paths: paths, entry: entry)
                        .append(body, of: self, to: &out)
                }
            }
            let end = Int(entry.metadataEnd)
            guard end > 0, body.last == UInt8(ascii: "}") else {
                return JSONWriter.append(.object(object(of: slot)), to: &out)
            }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: body[..<end]))
            appendIdentity(slot, to: &out)
            out.append(contentsOf: UnsafeBufferPointer(rebasing: body[end..<(body.count - 1)]))
            out.append(",\"relations\":")
            appendRelations(slot, to: &out)
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Appends what the catalog itself adds to metadata: `,"uid":…,"etag":…`.
    func appendIdentity(_ slot: UInt32, to out: inout [UInt8]) {
        out.append(",\"uid\":\"")
        withUID(slot) { out.append(contentsOf: $0) }
        out.append("\",\"etag\":\"")
        appendTag(slot, to: &out)
        out.append(UInt8(ascii: "\""))
    }

    /// Appends a text of the catalog's own metadata, without its key.
    func appendIdentity(_ field: IdentityField, _ slot: UInt32, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        switch field {
        case .uid: withUID(slot) { out.append(contentsOf: $0) }
        case .etag: appendTag(slot, to: &out)
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Appends the relations as an array.
    func appendRelations(_ slot: UInt32, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        relations.links(of: slot) { links in
            for (number, link) in links.enumerated() {
                if number > 0 { out.append(UInt8(ascii: ",")) }
                relations.withJSONStart(ofType: link.type) { out.append(contentsOf: $0) }
                references.appendJSON(link.other, texts, to: &out)
                out.append("\"")
                if writesRelationTargets {
                    references.with(link.other, texts) { Self.appendTarget($0, to: &out) }
                }
                out.append(UInt8(ascii: "}"))
            }
        }
        out.append(UInt8(ascii: "]"))
    }

    /// Appends the parts of a canonical reference as the member `target`; nothing for what is none.
    private static func appendTarget(_ reference: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        guard let colon = reference.firstIndex(of: UInt8(ascii: ":")),
            let slash = reference[colon...].firstIndex(of: UInt8(ascii: "/"))
        else { return }
        out.append(",\"target\":{\"kind\":")
        JSONWriter.append(utf8: UnsafeBufferPointer(rebasing: reference[..<colon]), to: &out)
        out.append(",\"namespace\":")
        JSONWriter.append(utf8: UnsafeBufferPointer(rebasing: reference[(colon + 1)..<slash]), to: &out)
        out.append(",\"name\":")
        JSONWriter.append(utf8: UnsafeBufferPointer(rebasing: reference[(slash + 1)...]), to: &out)
        out.append(UInt8(ascii: "}"))
    }
}

/// What the catalog adds to an entity's metadata.
enum IdentityField: CaseIterable {
    case uid, etag

    var name: StaticString { self == .uid ? "uid" : "etag" }
}

extension [UInt8] {
    /// Appends a text that is written in the program.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

/// Finds where the top-level `metadata` object of compact JSON ends, so that members can be added there.
enum MetadataEnd {
    /// Zero where there is none.
    static func find(in body: [UInt8]) -> UInt32 {
        body.withUnsafeBufferPointer { bytes in
            for (key, value) in JSONMembers(of: bytes[...]) where key.elementsEqual("metadata".utf8) {
                // An object with at least one member: what is added begins with a comma.
                if value.first == UInt8(ascii: "{"), value.count > 2 { return UInt32(clamping: value.endIndex - 1) }
            }
            return 0
        }
    }
}
