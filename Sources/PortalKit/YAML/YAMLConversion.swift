import EntityModel
import Yams

/// Turns Yams' nodes into JSON values within a budget, noting where each stands.
struct YAMLConversion {
    static let deepest = 200

    private let firstLine: Int
    private let mostNodes: Int
    private var budget: Int
    private let mostText: Int
    /// Bytes of text: an alias of a long text costs one node, and is written out each time.
    private var room: Int
    private(set) var positions: [[String]: SourcePosition] = [:]

    init(firstLine: Int, budget: Int, bytes: Int) {
        self.firstLine = firstLine
        mostNodes = budget
        self.budget = budget
        mostText = bytes
        room = bytes
    }

    mutating func value(_ node: Node, path: [String]) throws(YAMLError) -> JSONValue {
        budget -= 1
        if case .scalar(let scalar) = node { room -= scalar.string.utf8.count }
        if budget < 0 || room < 0 {
            let limit = budget < 0 ? "\(mostNodes) values" : "\(ByteCount.text(mostText)) of text"
            throw YAMLError(
                "The document is too large once its aliases are written out; \(limit) are the limit. Use fewer aliases, "
                    + "or divide it", place(node))
        }
        if path.count > Self.deepest {
            throw YAMLError(
                "Nested deeper than \(Self.deepest) levels, which are the limit; make lists and mappings flatter",
                place(node))
        }
        positions[path] = place(node)
        switch node {
        case .scalar(let scalar): return try self.scalar(scalar, node)
        case .sequence(let sequence):
            try check(sequence.tag, "seq", node)
            var elements: [JSONValue] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try value(element, path: path + ["\(index)"]))
            }
            return .array(elements)
        case .mapping(let mapping):
            try check(mapping.tag, "map", node)
            return .object(try object(mapping, path: path))
        case .alias:
            throw YAMLError("An alias that names nothing", place(node))
        }
    }

    private mutating func object(_ mapping: Node.Mapping, path: [String]) throws(YAMLError) -> JSONObject {
        var own = JSONObject()
        var merged: [JSONValue] = []
        for (key, member) in mapping {
            guard case .scalar(let scalar) = key else {
                throw YAMLError("A key must be a single word or text, not a list or a mapping", place(key))
            }
            if scalar.string == "<<", scalar.style == .plain {
                merged.append(try value(member, path: path))
                continue
            }
            if own[scalar.string] != nil {
                throw YAMLError("The key \(scalar.string) is there more than once", place(key))
            }
            room -= scalar.string.utf8.count
            own[scalar.string] = try value(member, path: path + [scalar.string])
        }
        return try merge(merged, into: own, at: positions[path])
    }

    /// Keys that are written win over merged ones, earlier merged ones over later.
    private func merge(
        _ merged: [JSONValue], into own: JSONObject, at position: SourcePosition?
    ) throws(YAMLError) -> JSONObject {
        var result = own
        for source in merged.flatMap({ $0.array ?? [$0] }) {
            guard let object = source.object else {
                throw YAMLError(
                    "Only a mapping, or a list of mappings, can be merged with <<",
                    position ?? SourcePosition(line: firstLine, column: 1))
            }
            for (key, value) in object.members where result[key] == nil { result[key] = value }
        }
        return result
    }

    private func scalar(_ scalar: Node.Scalar, _ node: Node) throws(YAMLError) -> JSONValue {
        switch scalar.tag.rawValue {
        case "": return scalar.style == .plain ? YAMLScalar.value(scalar.string) : .string(scalar.string)
        case "!", "tag:yaml.org,2002:str": return .string(scalar.string)
        case let tag:
            let value = YAMLScalar.value(scalar.string)
            let fits =
                switch (tag, value) {
                case ("tag:yaml.org,2002:int", .number(let number)): number == number.rounded()
                case ("tag:yaml.org,2002:float", .number), ("tag:yaml.org,2002:bool", .bool): true
                case ("tag:yaml.org,2002:null", .null): true
                default: false
                }
            if fits { return value }
            throw YAMLError("The tag \(tag) is not supported here", place(node))
        }
    }

    private func check(_ tag: Yams.Tag, _ expected: String, _ node: Node) throws(YAMLError) {
        if tag.rawValue.isEmpty || tag.rawValue == "tag:yaml.org,2002:\(expected)" { return }
        throw YAMLError("The tag \(tag.rawValue) is not supported here", place(node))
    }

    private func place(_ node: Node) -> SourcePosition {
        SourcePosition(line: (node.mark?.line ?? 1) + firstLine - 1, column: node.mark?.column ?? 1)
    }
}
