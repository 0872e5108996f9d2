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
            if !analysis.found.isEmpty { return h.add(entities) }
            if troubles.isEmpty {
                h.add(EmptyState.html("No entity there", "The file was read, and nothing in it is an entity."))
            }
        }
    }

    /// One thing that is wrong.
    private struct Trouble {
        let place: String
        var field = ""
        let text: String
    }

    private var troubles: [Trouble] {
        analysis.troubles.flatMap { trouble -> [Trouble] in
            let target = trouble.location.target
            let message = trouble.problem.message
            if trouble.problem.issues.isEmpty { return [Trouble(place: target, text: message)] }
            return trouble.problem.issues.map { located in
                let position = located.position.map { ", line \($0.line), column \($0.column)" } ?? ""
                let issue = located.issue
                return Trouble(
                    place: target + position, field: issue.message.contains(issue.field) ? "" : issue.field,
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

    private var entities: HTML {
        let columns = [
            Table.Column("Entity", width: .wide), Table.Column("Type"), Table.Column("Owner"),
            Table.Column("In the catalog", width: .text), Table.Column("File"),
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
            name(found), text(found.type), text(found.owner), standing(found.standing),
            HTML { h in
                h(.span, .title(file), text: file.split(separator: "/").last.map(String.init) ?? file)
            },
        ]
    }

    private func name(_ found: LocationAnalysis.Found) -> HTML {
        HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind(found.reference.kind))
                h(.div) {
                    if found.standing == .new {
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
            case .elsewhere(let place):
                let shown = paths.shown(place)
                h(.span, .title("Declared in \(shown), whose version is kept"), text: "Kept from another file")
            }
        }
    }
}
