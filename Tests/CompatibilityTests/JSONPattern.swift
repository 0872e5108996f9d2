import EntityModel

/// JSON with marks for what may vary.
///
/// - `"<any>"` is any value, `"<any name>"` one that is kept, `"<contains text>"` a string that contains the text;
/// - a member `"...": "..."` lets an object have further members;
/// - an array whose first element is `"<any order>"` has the others in any order.
struct JSONPattern {
    let pattern: JSONValue
    private(set) var kept: [String: String] = [:]

    init(_ pattern: JSONValue) { self.pattern = pattern }

    /// What does not fit, in words; nil where everything does.
    mutating func mismatch(_ value: JSONValue) -> String? { mismatch(pattern, value, at: "the body") }

    private mutating func mismatch(_ pattern: JSONValue, _ value: JSONValue, at path: String) -> String? {
        switch pattern {
        case .string(let text) where text.hasPrefix("<") && text.hasSuffix(">"):
            return mismatch(mark: text.dropFirst().dropLast(), value, at: path)
        case .object(let wanted): return mismatch(wanted, value, at: path)
        case .array(let wanted): return mismatch(wanted, value, at: path)
        default:
            return pattern == value
                ? nil : "\(path) is \(JSONWriter.text(value)), not \(JSONWriter.text(pattern))"
        }
    }

    private mutating func mismatch(mark: Substring, _ value: JSONValue, at path: String) -> String? {
        let parts = mark.split(separator: " ", maxSplits: 1).map(String.init)
        switch (parts.first, parts.last) {
        case ("contains", let text?):
            return value.string?.contains(text) == true
                ? nil : "\(path) is \(JSONWriter.text(value)), which does not contain '\(text)'"
        case ("any", let name?):
            kept[name] = value.string ?? JSONWriter.text(value)
            return nil
        default: return "\(path) has the unknown mark <\(mark)>"
        }
    }

    private mutating func mismatch(_ wanted: JSONObject, _ value: JSONValue, at path: String) -> String? {
        guard let object = value.object else { return "\(path) is \(JSONWriter.text(value)), not an object" }
        for (key, pattern) in wanted.members where key != "..." {
            guard let member = object[key] else { return "\(path).\(key) is missing in \(JSONWriter.text(value))" }
            if let problem = mismatch(pattern, member, at: "\(path).\(key)") { return problem }
        }
        if wanted["..."] != nil { return nil }
        return object.keys.first { wanted[$0] == nil }.map { "\(path).\($0) is not expected" }
    }

    private mutating func mismatch(_ wanted: [JSONValue], _ value: JSONValue, at path: String) -> String? {
        guard let array = value.array else { return "\(path) is \(JSONWriter.text(value)), not an array" }
        if wanted.first == "<any order>" { return mismatch(unordered: Array(wanted.dropFirst()), array, at: path) }
        guard array.count == wanted.count else {
            return "\(path) has \(array.count) elements, not \(wanted.count): \(JSONWriter.text(value))"
        }
        for (index, (pattern, element)) in zip(wanted, array).enumerated() {
            if let problem = mismatch(pattern, element, at: "\(path)[\(index)]") { return problem }
        }
        return nil
    }

    private mutating func mismatch(unordered wanted: [JSONValue], _ array: [JSONValue], at path: String) -> String? {
        var rest = array
        for pattern in wanted {
            guard let index = rest.firstIndex(where: { mismatch(pattern, $0, at: path) == nil }) else {
                return "\(path) lacks \(JSONWriter.text(pattern)): \(JSONWriter.text(.array(array)))"
            }
            rest.remove(at: index)
        }
        return rest.first.map { "\(path) has \(JSONWriter.text($0)), which is not expected" }
    }
}
