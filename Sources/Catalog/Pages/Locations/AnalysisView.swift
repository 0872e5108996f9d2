import EntityModel
import PortalKit
import PortalUI

/// What an analysis found, and what is wrong with file, line, field and mend.
struct AnalysisView: Sendable {
    let analysis: LocationAnalysis
    let paths: ShownPaths
    let context: ViewContext

    private var words: any CatalogWords { context.words }

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
                h.add(EmptyState.html(words.noEntityThere, words.noEntityThereText))
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
            .bad, words.wrong(count),
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
                if count > Self.mostTroubles { h(.p, text: words.notShown(count - Self.mostTroubles)) }
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
            .warn, words.leadsToNothing(all.count),
            HTML { h in
                h(.ul) {
                    for (target, sources) in all.prefix(Self.mostTroubles) {
                        h(.li) {
                            h.text(words.catalogHasNo(1))
                            h.add(Code.inline(target))
                            h.text(words.whichNames)
                            h.add(Code.inline(sources.first ?? ""))
                            h.text(words.names(sources.count - 1))
                        }
                    }
                }
                if all.count > Self.mostTroubles { h(.p, text: words.notShown(all.count - Self.mostTroubles)) }
            })
    }

    private var entities: HTML {
        let columns = [
            Table.Column(words.entity.prefix(1).uppercased() + words.entity.dropFirst(), width: .wide),
            Table.Column(words.type), Table.Column(words.owner), Table.Column(words.inTheCatalog, width: .whole),
            Table.Column(words.file),
        ]
        return Card.html(
            words.declaredThere, count: context.interface.number(analysis.count),
            content: HTML { h in
                h.add(
                    Table.html(
                        words.entitiesOfAddress, columns, rows: analysis.found.map { .init(row($0)) }, context.interface
                    ))
                let left = analysis.count - analysis.found.count
                if left > 0 { h.add(Card.quiet(context.interface.andMore(left))) }
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
            h.add(EntityLink.html(owner, title: text, exists: false, context.interface))
        }
    }

    private func name(_ found: LocationAnalysis.Found) -> HTML {
        let title = Self.short(found.title)
        return EntityName.html(
            kind: found.reference.kind,
            [.new, .refused].contains(found.standing)
                ? HTML { $0(.b, text: title) } : EntityLink.html(found.reference, title: title, context.interface),
            detail: found.reference.description)
    }

    private func standing(_ standing: LocationAnalysis.Standing) -> HTML {
        HTML { h in
            switch standing {
            case .new: h.text(words.isNew)
            case .known: h.text(words.isReadFromThere)
            case .refused: h.add(WarningMark.text(words.hasErrors))
            case .elsewhere(let place):
                let shown = paths.shown(place)
                h(.span, .title(words.versionKept(shown)), text: words.isKeptFromElsewhere)
            }
        }
    }
}
