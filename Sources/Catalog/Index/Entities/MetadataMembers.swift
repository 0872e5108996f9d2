import EntityModel

/// Which of the optional members that every reader knows an entity's metadata has: what is not there is not looked for.
struct MetadataMembers: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    static let title = MetadataMembers(rawValue: 1)
    static let description = MetadataMembers(rawValue: 2)
    static let annotations = MetadataMembers(rawValue: 4)
    static let labels = MetadataMembers(rawValue: 8)
    static let tags = MetadataMembers(rawValue: 16)
    static let links = MetadataMembers(rawValue: 32)

    /// The member of a name, where it is one of these.
    static func named(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> MetadataMembers? {
        switch name.count {
        case 4: name.elementsEqual("tags".utf8) ? .tags : nil
        case 5: name.elementsEqual("title".utf8) ? .title : name.elementsEqual("links".utf8) ? .links : nil
        case 6: name.elementsEqual("labels".utf8) ? .labels : nil
        case 11:
            name.elementsEqual("description".utf8)
                ? .description : name.elementsEqual("annotations".utf8) ? .annotations : nil
        default: nil
        }
    }

    /// Those of the metadata in the body of an entity.
    static func all(in body: [UInt8]) -> MetadataMembers {
        var found: MetadataMembers = []
        body.withUnsafeBufferPointer { body in
            for (key, value) in JSONMembers(of: body[...]) where key.elementsEqual("metadata".utf8) {
                for (name, _) in JSONMembers(of: value) {
                    if let member = named(name) { found.insert(member) }
                }
            }
        }
        return found
    }
}
