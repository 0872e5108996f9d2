import ArgumentParser
import EntityModel
import PortalKit

/// How `callboard validate` prints what it found.
enum ValidationFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, sarif, github

    func lines(_ report: ValidationReport) -> [String] {
        switch self {
        case .text: report.problems.map(Self.line) + [Self.summary(report)]
        case .json: [JSONWriter.text(Self.json(report), indent: 2)]
        case .sarif: [JSONWriter.text(Self.sarif(report), indent: 2)]
        case .github: report.problems.map(Self.command) + [Self.summary(report)]
        }
    }

    private static func line(_ problem: ValidationProblem) -> String {
        let place = "\(problem.file):\(problem.position.line):\(problem.position.column)"
        return "\(place): \(problem.severity.rawValue): \(problem.sentenceOfSubject)"
    }

    static func summary(_ report: ValidationReport) -> String {
        func counted(_ count: Int, _ word: String, _ plural: String) -> String {
            "\(count) \(count == 1 ? word : plural)"
        }
        let skipped =
            report.skipped == 0 ? "" : "; \(counted(report.skipped, "file", "files")) without entities left out"
        let skeletons =
            report.skeletons.isEmpty
            ? "" : "; \(counted(report.skeletons.count, "template skeleton", "template skeletons")) left out"
        let outside =
            report.outsideReferences == 0 || report.namesOutsideReferences
            ? ""
            : "; \(counted(report.outsideReferences, "reference", "references")) to entities of other files, "
                + "which --references warn names"
        return "\(counted(report.entities, "entity", "entities")) in \(counted(report.files, "file", "files")): "
            + "\(counted(report.errorCount, "error", "errors")), "
            + "\(counted(report.warningCount, "warning", "warnings"))\(skipped)\(skeletons)\(outside)"
    }

    private static func json(_ report: ValidationReport) -> JSONValue {
        let problems = report.problems.map { problem -> JSONValue in
            [
                "severity": .string(problem.severity.rawValue), "file": .string(problem.file),
                "line": .number(Double(problem.position.line)), "column": .number(Double(problem.position.column)),
                "entityRef": problem.entity.map { .string($0) } ?? .null, "field": .string(problem.field),
                "message": .string(problem.message), "mend": .string(problem.mend),
            ]
        }
        return [
            "files": .number(Double(report.files)), "entities": .number(Double(report.entities)),
            "skippedFiles": .number(Double(report.skipped)), "skeletons": .array(report.skeletons.map { .string($0) }),
            "errors": .number(Double(report.errorCount)),
            "warnings": .number(Double(report.warningCount)),
            "outsideReferences": .number(Double(report.outsideReferences)), "problems": .array(problems),
        ]
    }

    /// SARIF 2.1.0 of OASIS, as code hosts take it for annotations.
    private static func sarif(_ report: ValidationReport) -> JSONValue {
        let results = report.problems.map { problem -> JSONValue in
            var location: JSONObject = [
                "physicalLocation": [
                    "artifactLocation": ["uri": .string(problem.file)],
                    "region": [
                        "startLine": .number(Double(problem.position.line)),
                        "startColumn": .number(Double(problem.position.column)),
                    ],
                ]
            ]
            if !problem.subject.isEmpty { location["logicalLocations"] = .array([logicalLocation(problem)]) }
            return [
                "ruleId": "catalog-entity", "level": .string(problem.severity.rawValue),
                "message": ["text": .string(problem.sentenceOfSubject)], "locations": .array([.object(location)]),
            ]
        }
        let rule: JSONValue = [
            "id": "catalog-entity", "shortDescription": ["text": "An entity file that the catalog would refuse."],
        ]
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                ["tool": ["driver": ["name": "callboard", "rules": [rule]]], "results": .array(results)]
            ],
        ]
    }

    /// The field and whose it is; the entity itself where it is about no field.
    private static func logicalLocation(_ problem: ValidationProblem) -> JSONValue {
        let isField = !problem.field.isEmpty
        return [
            "name": .string(isField ? problem.field : problem.subject),
            "fullyQualifiedName": .string(problem.subject), "kind": isField ? "member" : "object",
        ]
    }

    /// A workflow command of GitHub Actions; its own escapes keep a message from ending it early.
    private static func command(_ problem: ValidationProblem) -> String {
        func data(_ text: String) -> String {
            text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
        }
        func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
        let title = property(problem.entity ?? "Entity file")
        let isTold = problem.field.isEmpty || problem.message.contains(problem.field)
        let sentence = isTold ? problem.sentence : "\(problem.field): \(problem.sentence)"
        return "::\(problem.severity.rawValue) file=\(property(problem.file)),line=\(problem.position.line),"
            + "col=\(problem.position.column),title=\(title)::\(data(sentence))"
    }
}
