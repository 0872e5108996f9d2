import EntityModel
import PortalKit

/// A `$text` or its like within a document.
struct FoundPlaceholder: Sendable {
    let path: [String]
    let key: String
    let reference: JSONValue

    static let builtInKeys = Set(BuiltInPlaceholders.all.map { "$" + $0.key })

    /// Every placeholder of a document, as `Placeholders` finds them.
    static func all(
        in value: JSONValue, keys: Set<String> = builtInKeys, at path: [String] = []
    ) -> [FoundPlaceholder] {
        switch value {
        case .array(let list):
            return list.enumerated().flatMap { all(in: $1, keys: keys, at: path + ["\($0)"]) }
        case .object(let object):
            if object.count == 1, let first = object.members.first, keys.contains(first.key) {
                return [FoundPlaceholder(path: path, key: first.key, reference: first.value)]
            }
            if object.keys.contains(where: { $0.hasPrefix("$") }) { return [] }
            return object.members.flatMap { all(in: $0.value, keys: keys, at: path + [$0.key]) }
        default: return []
        }
    }
}

/// Looks whether local files are there that entity files point at. Other hosts are not asked: what they answer depends
/// on the portal's own configuration.
struct ReferenceCheck {
    let files: any Workspace
    private let local: LocalPlaceholders

    init(files: any Workspace) {
        self.files = files
        local = LocalPlaceholders(files)
    }

    func issues(of placeholders: [FoundPlaceholder], in file: LocationReference) async -> [EntityIssue] {
        var issues: [EntityIssue] = []
        for placeholder in placeholders {
            if let issue = await local.issue(of: placeholder, in: file) { issues.append(issue) }
        }
        return issues
    }

    /// Of a Location: targets that are local files and are not there.
    func targetIssues(of entity: Entity, in file: LocationReference) async -> [EntityIssue] {
        guard entity.kind == "Location", entity.spec["presence"]?.string != "optional",
            entity.spec["type"]?.string ?? file.type == file.type
        else { return [] }
        var targets: [(path: [String], target: String)] = []
        if let target = entity.spec["target"]?.string { targets.append((["spec", "target"], target)) }
        for (index, target) in (entity.spec["targets"]?.array ?? []).enumerated() {
            if let text = target.string { targets.append((["spec", "targets", "\(index)"], text)) }
        }
        var issues: [EntityIssue] = []
        for (path, target) in targets {
            if file.type == "file", URLReference.parse(target) != nil {
                issues.append(
                    EntityIssue(
                        path, "The target \(target) is an address, and this Location has type file",
                        mend: "Write `type: url` beside it."))
                continue
            }
            guard let problem = await problem(target, in: file) else { continue }
            issues.append(
                EntityIssue(
                    path, "The target \(target) cannot be read: \(problem)",
                    mend: "Targets start at the folder of this file; say `presence: optional` where it may be missing.")
            )
        }
        return issues
    }

    /// Why a reference from a local file cannot be read; nil where it can, or is not looked at.
    private func problem(_ reference: String, in file: LocationReference) async -> String? {
        guard file.type == "file", URLReference.parse(reference) == nil, !GlobPattern.isPattern(reference) else {
            return nil
        }
        let path = FilePath.joined(FilePath.folder(of: file.target), reference)
        guard let name = FilePath.relative(path, to: FilePath.folder(of: path)) else { return "it is no file" }
        do {
            _ = try await files.stamp(of: name, beneath: FilePath.folder(of: path))
            return nil
        } catch let error as PortalError {
            return error.kind == .notFound ? "\(path) does not exist" : error.message
        } catch { return "\(error)" }
    }
}
