/// One thing of the catalog: the envelope fields that every kind shares, over the JSON that was read.
///
/// Nothing is dropped: what Callboard does not know stays in `object`.
public struct Entity: Sendable, Hashable {
    public var object: JSONObject

    public init(_ object: JSONObject) { self.object = object }

    public var apiVersion: String { object["apiVersion"]?.string ?? "" }
    public var kind: String { object["kind"]?.string ?? "" }
    public var metadata: JSONObject { object["metadata"]?.object ?? [:] }
    public var spec: JSONObject { object["spec"]?.object ?? [:] }
    public var name: String { metadata["name"]?.string ?? "" }
    public var namespace: String { metadata["namespace"]?.string ?? EntityReference.defaultNamespace }
    public var title: String? { metadata["title"]?.string }
    public var reference: EntityReference { EntityReference(kind: kind, namespace: namespace, name: name) }

    public func annotation(_ key: String) -> String? { metadata["annotations"]?[key]?.string }

    /// Sets one annotation, making the annotations where there are none.
    public mutating func annotate(_ key: String, _ value: String) {
        var metadata = self.metadata
        var annotations = metadata["annotations"]?.object ?? [:]
        annotations[key] = .string(value)
        metadata["annotations"] = .object(annotations)
        object["metadata"] = .object(metadata)
    }
}
