import EntityModel
import PortalKit
import PortalUI

/// What an analysis found, and what is wrong with file, line, field and mend.
struct AnalysisView: Sendable {
    let analysis: LocationAnalysis
    let paths: ShownPaths

    private static let mostTroubles = 50
    /// Longer ones quote somebody's file at length.
    private static let longestText = 1_000

    var html: HTML {
        let troubles = troubles
        return HTML { h in
            if !troubles.isEmpty { h.add(wrong(troubles)) }
            if !missing.isEmpty { h.add(nowhere) }
            if !analysis.found.isEmpty { return h.add(entities) }
            if troubles.isEmpty {
                h.add(EmptyState.html("No entity there", "The file was read, and nothing in it is an entity."))
            }
        }
    }

    /// One thing that is wrong.
    private struct Trouble {
        let place: String
        /// The entity, where the text does not say it.
        var entity: String?
        var field = ""
        let text: String
    }

    private var troubles: [Trouble] {
        analysis.troubles.flatMap { trouble -> [Trouble] in
            let target = trouble.location.target
            let message = trouble.problem.message
            if trouble.problem.issues.isEmpty {
                let isSaid = trouble.entity.map(message.contains) ?? true
                return [Trouble(place: target, entity: isSaid ? nil : trouble.entity, text: message)]
            }
            return trouble.problem.issues.map { located in
                let position = located.position.map { ", line \($0.line), column \($0.column)" } ?? ""
                let issue = located.issue
                return Trouble(
                    place: target + position, entity: trouble.entity,
                    field: issue.message.contains(issue.field) ? "" : issue.field,
                    text: issue.message.hasSuffix(".") ? issue.message : issue.text)
            }
        }
    }

    private func wrong(_ all: [Trouble]) -> HTML {
        // Of the problems that were not kept, it is only known that there are so many.
        let count = all.count + analysis.troubleCount - analysis.troubles.count
        return Note.html(
            .bad, count == 1 ? "Something is wrong" : "\(count) things are wrong",
            HTML { h in
                h(.ul) {
                    for trouble in all.prefix(Self.mostTroubles) {
                        h(.li) {
                            h(.p) {
                                if let entity = trouble.entity {
                                    h.add(Code.inline(entity))
                                    h.text(trouble.field.isEmpty ? ": " : " ")
                                }
                                if !trouble.field.isEmpty {
                                    h.add(Code.inline(Self.short(trouble.field)))
                                    h.text(": ")
                                }
                                h.text(Self.short(paths.shown(trouble.text)))
                            }
                            if !trouble.text.contains(trouble.place) { h(.p) { h.add(Code.long(trouble.place)) } }
                        }
                    }
                }
                if count > Self.mostTroubles { h(.p, text: "\(count - Self.mostTroubles) more are not shown.") }
            })
    }

    private static func short(_ text: String) -> String {
        text.utf8.count <= longestText ? text : "\(String(text.unicodeScalars.prefix(longestText)))…"
    }

    /// What is pointed at in vain, each with the entities that do so.
    private var missing: [(target: String, sources: [String])] {
        var sources: [String: [String]] = [:]
        for found in analysis.found {
            for target in found.missing { sources[target, default: []].append(found.reference.description) }
        }
        return sources.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private var nowhere: HTML {
        let all = missing
        return Note.html(
            .warn, all.count == 1 ? "A relation leads to nothing" : "Relations lead to nothing",
            HTML { h in
                h(.ul) {
                    for (target, sources) in all.prefix(Self.mostTroubles) {
                        h(.li) {
                            h.text("The catalog has no ")
                            h.add(Code.inline(target))
                            h.text(", which ")
                            h.add(Code.inline(sources.first ?? ""))
                            h.text(sources.count == 1 ? " names." : " and \(sources.count - 1) more name.")
                        }
                    }
                }
                if all.count > Self.mostTroubles { h(.p, text: "\(all.count - Self.mostTroubles) more are not shown.") }
            })
    }

    private var entities: HTML {
        let columns = [
            Table.Column("Entity", width: .wide), Table.Column("Type"), Table.Column("Owner"),
            Table.Column("In the catalog", width: .whole), Table.Column("File"),
        ]
        return Card.html(
            "What is declared there", count: analysis.count,
            content: HTML { h in
                h.add(Table.html("Entities of this address", columns, rows: analysis.found.map(row)))
                let left = analysis.count - analysis.found.count
                if left > 0 { h.add(Card.quiet("and \(left) more")) }
            })
    }

    private func row(_ found: LocationAnalysis.Found) -> [HTML] {
        func text(_ text: String?) -> HTML { HTML { $0.text(Self.short(text ?? "")) } }
        let file = found.location.target
        return [
            name(found), text(found.type), owner(found), standing(found.standing),
            HTML { h in
                h(.span, .title(file), text: file.split(separator: "/").last.map(String.init) ?? file)
            },
        ]
    }

    private func owner(_ found: LocationAnalysis.Found) -> HTML {
        HTML { h in
            guard let text = found.owner.map(Self.short) else { return }
            let owner = try? EntityReference(
                parsing: text, defaultKind: "Group", defaultNamespace: found.reference.namespace)
            guard let owner, found.missing.contains(owner.description) else { return h.text(text) }
            h.add(EntityLink.html(owner, title: text, exists: false))
        }
    }

    private func name(_ found: LocationAnalysis.Found) -> HTML {
        HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind(found.reference.kind))
                h(.div) {
                    if [.new, .refused].contains(found.standing) {
                        h(.b, text: Self.short(found.title))
                    } else {
                        h.add(EntityLink.html(found.reference, title: Self.short(found.title)))
                    }
                    h(.small, text: found.reference.description)
                }
            }
        }
    }

    private func standing(_ standing: LocationAnalysis.Standing) -> HTML {
        HTML { h in
            switch standing {
            case .new: h.text("New")
            case .known: h.text("Read from there")
            case .refused: h(.span, .class("warned")) { h.text("Has errors") }
            case .elsewhere(let place):
                let shown = paths.shown(place)
                h(.span, .title("Declared in \(shown), whose version is kept"), text: "Kept from another file")
            }
        }
    }
}
