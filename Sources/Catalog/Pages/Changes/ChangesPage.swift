import EntityModel
import Foundation
import PortalKit
import PortalUI

/// The changes of the catalog by day, with filters.
struct ChangesPage {
    let address: ChangeAddress
    let found: ChangeLog.Page
    let catalog: AuthorizedCatalog
    /// Whoever asks may not read any entity.
    let isDenied: Bool
    /// The number of the change feed that the page shows.
    let version: Int64
    let paths: ShownPaths
    let context: ViewContext

    /// The part of the page that filters replace where scripts run.
    private static let part = "changes"

    private var words: any CatalogWords { context.words }

    var content: PageContent { PageContent(words.changes, modules: ["peek", "stream"], html: html) }

    private var html: HTML {
        if isDenied {
            return HTML { h in
                h.add(PageHead.html(words.changes))
                h.add(
                    EmptyState.html(
                        words.mayNotRead, words.needsPermission(CatalogPermissions.entityRead.name), isRefused: true))
            }
        }
        return Columns.replaceable(
            Self.part, said: shown,
            HTML { h in
                h.add(PageHead.html(words.changes, subtitle: HTML { $0.text(words.changesText) }))
                h.add(
                    Columns.side(
                        ChangeFilterForm(address: address, catalog: catalog, context: context).html(swap: Self.part),
                        list, id: "list"))
            })
    }

    private var list: HTML {
        HTML { h in
            h.add(
                FilterChips.html(
                    ChangeFilterForm(address: address, catalog: catalog, context: context).chips,
                    clear: ChangeAddress().url, swap: Self.part, context.interface))
            h.add(ignored)
            if address.cursor == nil {
                h.add(
                    NewerBar.html(
                        words.newer, stream: .path(["catalog", "events"], query: [("after", String(version))]),
                        url: address.url, swap: Self.part))
            } else {
                h.add(Card.quiet(HTML { h in h(.a, .href(address.url), text: "↑ \(words.backToNewest)") }))
            }
            if found.changes.isEmpty { return h.add(empty) }
            h.add(ChangeList(changes: found.changes, catalog: catalog, paths: paths, context: context).html)
            h.add(end)
        }
    }

    private var older: SafeURL? {
        found.next.map { address.url(cursor: ChangeCursor($0, found.state.epoch, address.filter).text) }
    }

    /// How many there are; where there are others before or after, how many of them are here.
    private var shown: String {
        let count = found.changes.count
        return older == nil && address.cursor == nil ? words.changesShown(count) : words.changesOnPage(count)
    }

    /// What follows upon the list: more, or why there is no more.
    private var end: HTML {
        if let older {
            return Pager.html(
                shown, previous: nil, next: older, label: words.changes,
                context.interface)
        }
        return Card.quiet(kept ?? shown)
    }

    private var kept: String? {
        found.state.keptSince.map { words.olderNotKept(since: Self.day(of: $0, words)) }
    }

    private var empty: HTML {
        if let older {
            return EmptyState.html(
                words.nothingFoundYet, words.nothingFoundYetText,
                action: Button.link(words.lookFurther, older, isMain: true))
        }
        if address.values.isEmpty, address.cursor == nil {
            return EmptyState.html(words.noChanges, words.noChangesText)
        }
        return EmptyState.html(
            words.nothingMatches, kept ?? words.noChangeMatches,
            action: Button.link(words.clearFilters, ChangeAddress().url))
    }

    private var ignored: HTML {
        if address.ignored.isEmpty { return .empty }
        return Note.html(
            .warn, words.addressNotUnderstood,
            HTML { h in
                h(.ul) {
                    for one in address.ignored {
                        h(.li) {
                            h.add(Code.inline(one.text))
                            h.text(" \(words.mistake(one.mistake))")
                        }
                    }
                }
                h(.p, text: words.shownWithout)
            })
    }

    /// `28 November 2026`, in UTC as all times are.
    static func day(of milliseconds: Int64, _ words: any CatalogWords) -> String {
        let parts = ISOTime.text(milliseconds).prefix(10).split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? words.day(parts[0], parts[1], parts[2]) : ""
    }
}
