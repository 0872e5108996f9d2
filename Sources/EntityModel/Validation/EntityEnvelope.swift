/// The rules that hold for the envelope of every kind, after upstream's entity policies.
public enum EntityEnvelope {
    private static let roots: Set<String> = [
        "apiVersion", "kind", "metadata", "spec", "relations", "status", "attachments",
    ]

    /// What keeps an entity from being named at all, so that its placeholders need not be read.
    public static func essentialIssues(of value: JSONValue) -> [EntityIssue] {
        let essential = [["apiVersion"], ["kind"], ["metadata"], ["metadata", "name"], ["metadata", "namespace"]]
        return issues(of: value).filter { $0.path.isEmpty || essential.contains($0.path) }
    }

    /// Everything that is wrong with the envelope; empty for a valid one.
    public static func issues(of value: JSONValue) -> [EntityIssue] {
        guard let root = value.object else {
            return [
                EntityIssue(
                    [], "<root> must be object - type: object, but it is \(value.typeName)",
                    mend: "Write the entity as a mapping with apiVersion, kind and metadata.")
            ]
        }
        if let path = pathOfNUL(in: value) {
            return [
                EntityIssue(
                    path, "\"\(path.joined(separator: "."))\" holds a NUL character", mend: "Remove the character.")
            ]
        }
        var issues: [EntityIssue] = []
        for (number, key) in root.keys.filter({ !roots.contains($0) }).enumerated() {
            let near = number < NearWord.mostTried ? NearWord.of(key, among: roots) : nil
            issues.append(
                EntityIssue(
                    [key], "Unknown field \"\(key)\" at the top of the entity",
                    mend: near.map { "Did you mean \($0)?" } ?? "Move it beneath spec or metadata, or remove it."))
        }
        issues += text(
            root["apiVersion"], ["apiVersion"], "a version such as backstage.io/v1alpha1", NameFormat.isAPIVersion)
        issues += text(
            root["kind"], ["kind"], "a letter followed by [a-zA-Z0-9], at most 63 characters in total",
            NameFormat.isKind)
        if let spec = root["spec"], spec.object == nil {
            issues.append(
                EntityIssue(
                    ["spec"], "\"spec\" must be an object but found \(spec.typeName)",
                    mend: "Write the fields of spec as a mapping."))
        }
        guard let metadata = root["metadata"]?.object else {
            issues.append(
                EntityIssue(["metadata"], "\"metadata\" must have a value", mend: "Add metadata with at least a name."))
            return issues
        }
        return issues + self.metadata(metadata)
    }

    /// No database keeps the character in text, and no reader shows it.
    private static func pathOfNUL(in value: JSONValue) -> [String]? {
        switch value {
        case .string(let text): return text.utf8.contains(0) ? [] : nil
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let path = pathOfNUL(in: element) { return ["\(index)"] + path }
            }
        case .object(let object):
            for (key, member) in object.members {
                if key.utf8.contains(0) { return [key.replacing("\0", with: "\u{FFFD}")] }
                if let path = pathOfNUL(in: member) { return [key] + path }
            }
        default: break
        }
        return nil
    }

    private static func metadata(_ metadata: JSONObject) -> [EntityIssue] {
        let names =
            "a string that is sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total"
        let namespaces = "a string that is sequences of [a-zA-Z0-9] separated by [-], at most 63 characters in total"
        var issues = text(metadata["name"], ["metadata", "name"], names, NameFormat.isName, NameFormat.name)
        if let namespace = metadata["namespace"] {
            issues += text(
                namespace, ["metadata", "namespace"], namespaces, NameFormat.isNamespace, NameFormat.namespace)
        }
        for key in ["title", "description", "uid", "etag"] {
            guard let value = metadata[key] else { continue }
            issues += text(value, ["metadata", key], "a text that is not empty") { !$0.isEmpty }
        }
        issues += entries(metadata["labels"], ["metadata", "labels"], names) { $0.isEmpty || NameFormat.isName($0) }
        issues += entries(metadata["annotations"], ["metadata", "annotations"], "a string") { _ in true }
        issues += tags(metadata["tags"])
        return issues + links(metadata["links"])
    }

    private static func text(
        _ value: JSONValue?, _ path: [String], _ expected: String, _ isValid: (String) -> Bool,
        _ mended: (String) -> String? = { _ in nil }
    ) -> [EntityIssue] {
        let field = path.joined(separator: ".")
        guard let value, !value.isNull else {
            return [EntityIssue(path, "\"\(field)\" must have a value", mend: "Give it \(expected).")]
        }
        if let text = value.string, isValid(text) { return [] }
        let found = value.string.map { "\"\($0)\"" } ?? value.typeName
        return [
            EntityIssue(
                path, "\"\(field)\" is not valid; expected \(expected) but found \(found)",
                mend: skeleton(value)
                    ?? value.string.flatMap(mended).map { "Write it as \($0), for example." }
                    ?? EntityIssue.quotes(for: value, isValid) ?? "Give it \(expected).")
        ]
    }

    /// What to say of a value that a template has yet to fill in.
    private static func skeleton(_ value: JSONValue) -> String? {
        guard value.string?.contains("${{") == true else { return nil }
        return
            "This is a template's placeholder; skeleton files belong below a template's folder and are not registered."
    }

    private static func entries(
        _ value: JSONValue?, _ path: [String], _ expected: String, _ isValid: (String) -> Bool
    ) -> [EntityIssue] {
        guard let value, !value.isNull else { return [] }
        guard let object = value.object else {
            return [
                EntityIssue(
                    path, "\"\(path.joined(separator: "."))\" must be an object but found \(value.typeName)",
                    mend: "Write it as key: value lines.")
            ]
        }
        return object.members.flatMap { key, value in
            var issues = text(value, path + [key], expected, isValid)
            if !NameFormat.isKey(key) {
                let form = "a name, or a lowercase domain, a slash and a name"
                issues.append(
                    EntityIssue(
                        path + [key], "The key \"\(key)\" is not valid; expected \(form)", mend: "Rename the key."))
            }
            return issues
        }
    }

    private static func tags(_ value: JSONValue?) -> [EntityIssue] {
        guard let value, !value.isNull else { return [] }
        let path = ["metadata", "tags"]
        guard let tags = value.array else {
            return [
                EntityIssue(
                    path, "\"metadata.tags\" must be an array but found \(value.typeName)",
                    mend: "Write the tags as a list.")
            ]
        }
        let form = "a string that is sequences of [a-z0-9+#:] separated by [-], at most 63 characters in total"
        return tags.enumerated().flatMap { text($1, path + ["\($0)"], form, NameFormat.isTag, NameFormat.tag) }
    }

    private static func links(_ value: JSONValue?) -> [EntityIssue] {
        guard let value, !value.isNull else { return [] }
        let path = ["metadata", "links"]
        guard let links = value.array else {
            return [
                EntityIssue(
                    path, "\"metadata.links\" must be an array but found \(value.typeName)",
                    mend: "Write the links as a list.")
            ]
        }
        return links.enumerated().flatMap { index, link -> [EntityIssue] in
            let place = path + ["\(index)"]
            guard let object = link.object else {
                return [
                    EntityIssue(place, "A link must be an object but found \(link.typeName)", mend: "Give it a url.")
                ]
            }
            var issues = text(object["url"], place + ["url"], "an absolute URL that is no script", isLink)
            for key in ["title", "type"] {
                if let value = object[key] {
                    issues += text(value, place + [key], "a text that is not empty") { !$0.isEmpty }
                }
            }
            if let icon = object["icon"] {
                issues += text(icon, place + ["icon"], "the name of an icon", NameFormat.isName)
            }
            return issues
        }
    }

    /// A scheme, a colon and something more; browsers skip controls and spaces in a scheme, so none may be there.
    private static func isLink(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex else { return false }
        let scheme = text[..<colon].lowercased()
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let others = Set("0123456789+-.".utf8)
        guard let first = scheme.utf8.first, letters.contains(first),
            scheme.utf8.allSatisfy({ letters.contains($0) || others.contains($0) })
        else { return false }
        return !["javascript", "data", "vbscript"].contains(scheme)
    }
}
