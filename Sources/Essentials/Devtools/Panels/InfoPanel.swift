import Database
import Foundation
import PortalKit
import PortalUI

/// What runs here, and whether it is well.
struct InfoPanel: Sendable {
    /// One check, and what is wrong.
    struct Health: Sendable, Hashable {
        let name: String
        let problem: String?
    }

    let process: ProcessReport
    let database: DatabaseFacts
    let dataFolder: String?
    let health: [Health]
    /// What other plugins tell; nil where one could not.
    let facts: [(title: String, value: HTML?)]
    let context: ViewContext

    static func read(_ environment: PluginEnvironment, _ context: ViewContext) async throws -> InfoPanel {
        let registry = try environment.registry.service
        var facts: [(title: String, value: HTML?)] = []
        for fact in registry.all(DevtoolsFact.self) {
            facts.append((fact.title(context.language), try? await fact.value(context)))
        }
        var health: [Health] = []
        for check in registry.all(HealthCheck.self) {
            health.append(Health(name: check.name, problem: await check.problem()))
        }
        return InfoPanel(
            process: try environment.report.service.process(),
            database: try await DatabaseFacts.read(environment.database), dataFolder: environment.dataFolder,
            health: health, facts: facts, context: context)
    }

    var html: HTML {
        let words = context.language.devtools
        return HTML { h in
            h.add(FactStrip.html(strip(words)))
            h.add(
                Columns.wide(
                    Card.html(
                        words.health, count: context.language.interface.number(health.count),
                        content: healthTable(words)),
                    HTML { h in
                        h.add(Card.html(words.program, content: Pairs.text(program(words))))
                        h.add(Card.html(words.database, content: Pairs.html(engine(words))))
                    }))
        }
    }

    private func strip(_ words: any DevtoolsWords) -> [(title: String, value: HTML)] {
        let interface = context.language.interface
        let memory = process.residentBytes.map { interface.size($0) } ?? words.unknown
        return [
            (words.version, Plain.html(CallboardVersion.current)),
            (words.started, Time.html(process.startedAt, now: context.now, interface)),
            (words.memory, Plain.html(memory)),
        ] + facts.map { ($0.title, $0.value ?? Plain.html(words.unknown)) }
    }

    private func program(_ words: any DevtoolsWords) -> [(name: String, value: String)] {
        [(words.processors, String(process.processors)), (words.system, process.system)]
    }

    private func engine(_ words: any DevtoolsWords) -> [(name: String, value: HTML)] {
        var pairs = [
            (words.engine, Plain.html("\(database.engine) \(database.version)")),
            (words.size, Plain.html(database.bytes.map { context.language.interface.size($0) } ?? words.unknown)),
        ]
        if let dataFolder { pairs.append((words.folder, Code.long(dataFolder))) }
        return pairs
    }

    private func healthTable(_ words: any DevtoolsWords) -> HTML {
        if health.isEmpty { return Card.quiet(words.noChecks) }
        return Table.html(
            words.health, [.init(words.check, width: .whole), .init(words.state, width: .wide)],
            rows: health.map { check in
                .init([
                    Plain.html(check.name),
                    StateMark.html(check.problem == nil ? .ok : .bad, check.problem ?? words.isWell),
                ])
            }, context.language.interface)
    }
}
