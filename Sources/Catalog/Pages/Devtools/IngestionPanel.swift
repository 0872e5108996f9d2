import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Where entities are read from, and how that fares.
struct IngestionPanel: Sendable {
    /// Which sources are shown, as the address says.
    struct View: Sendable, Hashable {
        var find = ""
        var isFailingOnly = false
        var page = 1

        private static let mostPages = 1_000_000

        init(_ query: QueryParameters) {
            find = String((query["find"] ?? "").prefix(200)).replacing("\0", with: "")
            isFailingOnly = query["failing"] == "true"
            page = min(max(1, Int(query["page"] ?? "") ?? 1), Self.mostPages)
        }

        var wish: SourceOverview.Wish {
            .init(
                isFailingOnly: isFailingOnly, find: find, offset: (page - 1) * IngestionPanel.pageSize,
                limit: IngestionPanel.pageSize)
        }

        func url(page: Int, isAsked: Bool = false) -> SafeURL {
            var query: [(String, String)] = []
            if !find.isEmpty { query.append(("find", find)) }
            if isFailingOnly { query.append(("failing", "true")) }
            if page > 1 { query.append(("page", String(page))) }
            if isAsked { query.append((IngestionPanel.asked, "true")) }
            return .path(["devtools", "ingestion"], query: query)
        }
    }

    static let pageSize = 50
    private static let mostLeaders = 3
    /// The parameter of the page after a source was asked for.
    static let asked = "asked"

    let overview: SourceOverview
    let view: View
    let paths: ShownPaths
    let isAsked: Bool
    let context: ViewContext

    var html: HTML {
        let words = context.language.ingestion
        return HTML { h in
            if isAsked { h.add(Note.text(.info, nil, words.isAsked)) }
            h.add(
                FactStrip.html([
                    (words.sources, Plain.html(String(overview.totals.sources))),
                    (words.failing, failing(words)),
                    (words.due, Plain.html(String(overview.totals.due))),
                    (words.reading, Plain.html(String(overview.totals.reading))),
                ]))
            h.add(
                FindForm.html(
                    words.findSources, action: "/devtools/ingestion", name: "find", value: view.find,
                    boxes: [.init(words.failingOnly, name: "failing", isChecked: view.isFailingOnly)],
                    clear: view.find.isEmpty && !view.isFailingOnly ? nil : "/devtools/ingestion", context.interface))
            if overview.lines.isEmpty {
                h.add(empty(words))
            } else {
                h.add(table(words))
                h.add(pager(words))
            }
        }
    }

    private func failing(_ words: any IngestionWords) -> HTML {
        let count = overview.totals.failing
        return StateMark.html(count == 0 ? .ok : .bad, String(count))
    }

    private func empty(_ words: any IngestionWords) -> HTML {
        if overview.totals.sources == 0 {
            return EmptyState.html(
                words.noSources, words.noSourcesWhy, action: Button.link(words.register, "/catalog-import"))
        }
        return EmptyState.html(
            view.isFailingOnly && view.find.isEmpty ? words.noneFails : words.noSourceFound, words.clearIt,
            action: Button.link(words.showAll, "/devtools/ingestion"))
    }

    private func pager(_ words: any IngestionWords) -> HTML {
        let first = (view.page - 1) * Self.pageSize + 1
        let last = first + overview.lines.count - 1
        return Pager.html(
            words.shown(first, last, of: overview.count), previous: view.page > 1 ? view.url(page: view.page - 1) : nil,
            next: last < overview.count ? view.url(page: view.page + 1) : nil, context.interface)
    }

    private func table(_ words: any IngestionWords) -> HTML {
        Table.html(
            words.sources,
            [
                .init(words.source, width: .wide), .init(words.state, width: .whole),
                .init(words.inTheFile, width: .number), .init(words.remarks, width: .number),
                .init(words.lastRead, width: .whole),
                .init(words.nextRead, width: .whole), .init(words.lastChange, width: .spare),
                .init(words.readNow, width: .act),
            ], rows: overview.lines.map { .init(cells($0, words)) }, context.interface)
    }

    private func cells(_ line: SourceOverview.Line, _ words: any IngestionWords) -> [HTML] {
        [
            source(line, words), state(line, words),
            NarrowLabel.html(words.inTheFile, Plain.html(String(line.entities))),
            NarrowLabel.html(words.remarks, line.wrong == 0 ? .empty : Plain.html(String(line.wrong))),
            NarrowLabel.html(words.lastRead, time(line.succeededAt, words.never)),
            NarrowLabel.html(words.nextRead, next(line, words)),
            NarrowLabel.html(words.lastChange, time(line.changedAt, "–")),
            IngestionPages.readForm(line.id, of: paths.shown(line.location.target), view, words),
        ]
    }

    private func next(_ line: SourceOverview.Line, _ words: any IngestionWords) -> HTML {
        line.isDue || line.isReading ? Plain.html(words.now) : time(line.nextAt, words.onRequest)
    }

    private func source(_ line: SourceOverview.Line, _ words: any IngestionWords) -> HTML {
        HTML { h in
            h.add(Code.long(paths.shown(line.location.target)))
            var marks = line.location.type == "file" ? [] : [line.location.type]
            if line.isConfigured { marks.append(words.isConfigured) }
            if line.isRegistered { marks.append(words.isRegistered) }
            h.add(TagList.html(marks))
            if let error = line.error { h.add(Note.text(.bad, since(line, words), paths.shown(error))) }
            if let refusals = line.refusals { h.add(refused(refusals, words)) }
            if !line.leaders.isEmpty { h.add(leaders(line.leaders, words)) }
        }
    }

    private func refused(_ refusals: Refusals, _ words: any IngestionWords) -> HTML {
        Note.html(
            .bad, words.refused(refusals.refused, of: refusals.documents),
            HTML { h in
                h(.ul) { for reason in refusals.reasons { h(.li, text: paths.shown(reason)) } }
                let left = refusals.refused - refusals.reasons.count
                if left > 0 { h(.p, text: context.interface.andMore(left)) }
            })
    }

    /// The Locations that lead to a file: where it is to be taken out, or another one to be named.
    private func leaders(_ all: [String], _ words: any IngestionWords) -> HTML {
        HTML { h in
            h(.p) {
                h.text("\(words.isNamedBy) ")
                let shown = all.prefix(Self.mostLeaders).compactMap { try? EntityReference(parsing: $0) }
                for (number, reference) in shown.enumerated() {
                    if number > 0 { h.text(", ") }
                    h.add(EntityLink.html(reference, title: title(of: reference, words), context.interface))
                }
                if all.count > shown.count { h.text(" \(context.interface.andMore(all.count - shown.count))") }
            }
        }
    }

    /// The name of what stands for a location itself is a number.
    private func title(of reference: EntityReference, _ words: any IngestionWords) -> String? {
        reference.name.hasPrefix(GeneratedLocation.namePrefix) ? words.itsOwnLocation : nil
    }

    private func since(_ line: SourceOverview.Line, _ words: any IngestionWords) -> String? {
        line.failingSince.map {
            words.failing(line.failures, since: Time.relative(Self.date($0), now: now, context.interface))
        }
    }

    private func state(_ line: SourceOverview.Line, _ words: any IngestionWords) -> HTML {
        if line.isReading { return StateMark.html(.info, words.isReading) }
        if line.error != nil { return StateMark.html(.bad, words.fails) }
        if line.missingSince != nil { return StateMark.html(.warn, words.isMissing) }
        if line.heldSince != nil { return StateMark.html(.warn, words.isHeld) }
        if let refusals = line.refusals {
            return StateMark.html(.bad, words.refused(refusals.refused, of: refusals.documents))
        }
        if line.isDue { return StateMark.html(.info, words.isDue) }
        if line.wrong > 0 { return StateMark.html(.warn, words.hasRemarks) }
        return StateMark.html(.ok, words.isWell)
    }

    private func time(_ milliseconds: Int64?, _ otherwise: String) -> HTML {
        milliseconds.map { Time.html(Self.date($0), now: now, context.interface) } ?? Plain.html(otherwise)
    }

    /// Times are the database's, so they are told by its clock.
    private var now: Date { Self.date(overview.now) }

    private static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}
