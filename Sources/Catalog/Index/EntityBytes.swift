import EntityModel

extension CatalogIndex {
    /// Changes whenever the entity as it is served changes.
    package func etag(of slot: UInt32) -> String {
        guard let entry = self[slot] else { return "" }
        return StableHash.text(entry.bodyHash) + StableHash.text(entry.edgeHash)
    }

    /// The entity as it is served: body, uid, etag and relations.
    package func object(of slot: UInt32) -> JSONObject {
        guard let entry = self[slot], var object = (try? JSONParser.parse(entry.body))?.object else { return [:] }
        var metadata = object["metadata"]?.object ?? [:]
        metadata["uid"] = .string(entry.uid)
        metadata["etag"] = .string(etag(of: slot))
        object["metadata"] = .object(metadata)
        object["relations"] = .array(
            graph.edges(of: entry.reference).map {
                ["type": .string($0.type), "targetRef": .string($0.target)]
            })
        return object
    }

    /// Appends the entity as JSON, without parsing it where no projection asks for that.
    package func append(_ slot: UInt32, to out: inout [UInt8], fields: FieldProjection? = nil) {
        guard let entry = self[slot] else { return out += Array("null".utf8) }
        if let fields {
            return JSONWriter.append(.object(fields.apply(to: object(of: slot))), to: &out)
        }
        guard let end = MetadataEnd.find(in: entry.body), entry.body.last == UInt8(ascii: "}") else {
            return JSONWriter.append(.object(object(of: slot)), to: &out)
        }
        out += entry.body[..<end]
        out += Array(",\"uid\":\"\(entry.uid)\",\"etag\":\"\(etag(of: slot))\"".utf8)
        out += entry.body[end..<(entry.body.count - 1)]
        out += Array(",\"relations\":[".utf8)
        var first = true
        for edge in graph.edges(of: entry.reference) {
            if !first { out.append(UInt8(ascii: ",")) }
            first = false
            out += Array("{\"type\":".utf8)
            JSONWriter.append(.string(edge.type), to: &out)
            out += Array(",\"targetRef\":".utf8)
            JSONWriter.append(.string(edge.target), to: &out)
            out.append(UInt8(ascii: "}"))
        }
        out += Array("]}".utf8)
    }
}

/// Finds where the top-level `metadata` object of compact JSON ends, so that members can be added there.
private enum MetadataEnd {
    static func find(in body: [UInt8]) -> Int? {
        body.withUnsafeBufferPointer { bytes in
            var depth = 0
            var inside = false
            var index = 0
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\""):
                    let start = index + 1
                    index = start
                    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                    }
                    if depth == 1, !inside, index - start == 8, index + 2 < bytes.count,
                        bytes[index + 1] == UInt8(ascii: ":"), bytes[index + 2] == UInt8(ascii: "{"),
                        bytes[start..<index].elementsEqual("metadata".utf8)
                    {
                        inside = true
                    }
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if inside, depth == 1 { return index }
                default: break
                }
                index += 1
            }
            return nil
        }
    }
}
