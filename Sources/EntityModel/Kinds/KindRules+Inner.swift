/// What upstream's schemas ask below the fields of a spec.
extension EntityKind {
    /// Of each step of a template.
    static func stepIssues(_ steps: [JSONValue]) -> [EntityIssue] {
        steps.enumerated().flatMap { number, step -> [EntityIssue] in
            let (path, name) = (["spec", "steps", "\(number)"], "spec.steps[\(number)]")
            if isPlaceholder(step) { return [] }
            guard let step = step.object else {
                return [
                    EntityIssue(
                        path, "\"\(name)\" is not valid; expected an object but found \(step.typeName)",
                        mend: "Write the step as an object with an action.")
                ]
            }
            guard let action = step["action"] else {
                return [EntityIssue(path, "\"\(name).action\" must have a value", mend: "Name the action of the step.")]
            }
            var texts = [("action", action)]
            texts += ["id", "name"].compactMap { key in step[key].map { (key, $0) } }
            let wrong = texts.filter { $0.1.string?.isEmpty != false }.map { key, value in
                let found = value.string == nil ? value.typeName : "an empty one"
                return EntityIssue(
                    path + [key], "\"\(name).\(key)\" is not valid; expected a text but found \(found)",
                    mend: "Give it a text; a number needs quotes.")
            }
            return wrong + conditionIssues(step["if"], path + ["if"], "\(name).if")
                + inputIssues(step["input"], path + ["input"], "\(name).input")
        }
    }

    private static func conditionIssues(_ value: JSONValue?, _ path: [String], _ name: String) -> [EntityIssue] {
        switch value {
        case nil, .null, .bool, .string: return []
        case let value?:
            if isPlaceholder(value) { return [] }
            let message = "\"\(name)\" is not valid; expected a text, true or false but found \(value.typeName)"
            return [EntityIssue(path, message, mend: "Write a condition such as ${{ parameters.publish }}.")]
        }
    }

    private static func inputIssues(_ value: JSONValue?, _ path: [String], _ name: String) -> [EntityIssue] {
        guard let value, !value.isNull, value.object == nil else { return [] }
        let message = "\"\(name)\" is not valid; expected a mapping but found \(value.typeName)"
        return [EntityIssue(path, message, mend: "Write what the action is given as key: value lines.")]
    }

    /// Of the profile of a group or a user; only a name that is shown must say something.
    static func profileIssues(_ profile: JSONObject) -> [EntityIssue] {
        let shapes: [(key: String, shape: Shape)] = [
            ("displayName", .text), ("email", .anyText), ("picture", .anyText),
        ]
        return shapes.flatMap { key, shape -> [EntityIssue] in
            guard let value = profile[key], !value.isNull else { return [] }
            return formIssues(value, shape, ["spec", "profile", key])
        }
    }
}
