import EntityModel
import PortalKit

/// Checks entity files as the catalog would read them, and goes on after each problem so that all are told at once.
package struct EntityFileValidator {
    /// A file to check.
    package struct File: Sendable {
        /// As people named it; what messages begin with.
        let name: String
        let location: LocationReference
        let bytes: [UInt8]
        /// Named one by one, so that a file without entities is a mistake and not just another YAML file.
        let isNamed: Bool
    }

    private let references: ReferenceCheck
    private var declared: [String: String] = [:]
    private var undeclared = UndeclaredEntities()
    private var begun: Set<String> = []
    package private(set) var report = ValidationReport()

    /// - Parameter files: looks whether what entities point at is there.
    package init(files: any Workspace) { references = ReferenceCheck(files: files) }

    package mutating func check(_ file: File) async {
        let documents = YAMLReader.documents(file.bytes)
        if TemplateSkeleton.isOne(file.bytes, documents) { return report.skeletons.append(file.name) }
        let values = documents.map { try? $0.value.get() }
        guard file.isNamed || values.contains(where: { $0.map(Self.looksLikeEntity) ?? false }) else {
            return passOver(file, documents)
        }
        report.files += 1
        if WebPage.isOne(file.bytes) {
            return add(.error, file, SourcePosition(line: 1, column: 1), nil, "", WebPage.message, WebPage.mend)
        }
        var hasContent = false
        for document in documents {
            switch document.value {
            case .failure(let error):
                hasContent = true
                add(.error, file, error.position, nil, "", error.message, "")
            case .success(.null): continue
            case .success(let value):
                hasContent = true
                await check(value, document, file)
            }
        }
        if !hasContent {
            add(.warning, file, SourcePosition(line: 1, column: 1), nil, "", "The file holds no entity", "")
        }
    }

    /// Whether a file, by its path or address, was not named before; it is checked once however often it is named.
    mutating func begin(_ place: String) -> Bool { begun.insert(place).inserted }

    /// A folder without any entity file: probably not the one that was meant.
    mutating func warnOfEmpty(_ folder: String) {
        report.problems.append(
            ValidationProblem(
                severity: .warning, file: folder, position: SourcePosition(line: 1, column: 1), entity: nil, field: "",
                message: "The folder holds no entity file",
                mend: "Entity files end in .yaml or .yml; node_modules and .git are not looked into."))
    }

    /// A file of a folder without any entity is somebody else's, unless nobody can tell what it holds.
    private mutating func passOver(_ file: File, _ documents: [YAMLDocument]) {
        let error = documents.lazy.compactMap { document -> YAMLError? in
            if case .failure(let error) = document.value { error } else { nil }
        }.first
        guard let error else {
            report.skipped += 1
            return
        }
        let isOurs = String(decoding: file.bytes, as: UTF8.self).contains("backstage.io/")
        if isOurs { report.files += 1 }
        add(isOurs ? .error : .warning, file, error.position, nil, "", error.message, "")
    }

    /// What can be told of references once every file was checked. Call it last.
    mutating func finish(_ mode: ReferenceMode) {
        report.outsideReferences = undeclared.count
        report.namesOutsideReferences = mode != .off
        switch mode {
        case .off: break
        case .warn: report.problems += undeclared.problems(.warning)
        case .error: report.problems += undeclared.problems(.error)
        }
    }

    /// A file that could not be read.
    package mutating func fail(_ name: String, _ error: any Error) {
        report.unreadable += 1
        let message = (error as? PortalError)?.message ?? "\(error)"
        report.problems.append(
            ValidationProblem(
                severity: .error, file: name, position: SourcePosition(line: 1, column: 1), entity: nil, field: "",
                message: message, mend: ""))
    }

    private static func looksLikeEntity(_ value: JSONValue) -> Bool {
        guard value["kind"]?.string != nil, let version = value["apiVersion"]?.string else { return false }
        return version.contains("backstage.io/") || NearWord.of(version, among: versions) != nil
    }

    private static let versions = Set(EntityKind.builtIn.flatMap(\.apiVersions))

    private mutating func check(_ value: JSONValue, _ document: YAMLDocument, _ file: File) async {
        let entity = Entity(value.object ?? [:])
        let name = entity.kind.isEmpty || entity.name.isEmpty ? nil : entity.reference.description
        var issues = EntityCheck.issues(of: value)
        let placeholders = FoundPlaceholder.all(in: value)
        // What a placeholder stands for is known to the catalog only once it is read.
        issues.removeAll { issue in placeholders.contains { issue.path.starts(with: $0.path) } }
        if let object = value.object {
            if let issue = AmbiguousKey.issue(in: object) { issues.append(issue) }
            let size = JSONWriter.bytes(value).count
            if let excess = EntityLimits.excess(of: entity, size: size) { issues.append(excess.issue) }
        }
        issues += await references.issues(of: placeholders, in: file.location)
        issues += await references.targetIssues(of: entity, in: file.location)
        for issue in issues {
            add(.error, file, document.position(of: issue.path), name, issue.field, issue.message, issue.mend)
        }
        for issue in MisspeltField.issues(of: entity, besides: issues) {
            add(.warning, file, document.position(of: issue.path), name, issue.field, issue.message, issue.mend)
        }
        report.entities += 1
        guard let name else { return }
        let place = document.position(of: ["metadata", "name"])
        if let first = declared[name] {
            add(
                .error, file, place, name, "metadata.name", "\(name) is already declared at \(first)", EntityClaims.mend
            )
        } else {
            declared[name] = "\(file.name):\(place.line)"
            undeclared.declare(name)
        }
        let wrong = Set(issues.map(\.path))
        for mentioned in MentionedEntity.all(in: entity)
        where declared[mentioned.reference] == nil && !wrong.contains(mentioned.path) {
            undeclared.mention(
                mentioned.reference, file: file.name, position: document.position(of: mentioned.path), entity: name,
                field: mentioned.path.joined(separator: "."))
        }
    }

    private mutating func add(
        _ severity: ValidationProblem.Severity, _ file: File, _ position: SourcePosition, _ entity: String?,
        _ field: String, _ message: String, _ mend: String
    ) {
        report.problems.append(
            ValidationProblem(
                severity: severity, file: file.name, position: position, entity: entity, field: field,
                message: message, mend: mend))
    }
}
