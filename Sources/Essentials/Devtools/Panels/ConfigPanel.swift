import PortalKit
import PortalUI

/// The configuration that is in force, value by value, without its secrets.
struct ConfigPanel: Sendable {
    /// Which lines are shown, as the address says.
    struct View: Sendable, Hashable {
        var find = ""
        var isUnreadOnly = false
        var page = 1

        init(_ query: QueryParameters) {
            find = String((query["find"] ?? "").prefix(200))
            isUnreadOnly = query["unread"] == "true"
            page = max(1, Int(query["page"] ?? "") ?? 1)
        }

        func url(page: Int) -> SafeURL {
            var query: [(String, String)] = []
            if !find.isEmpty { query.append(("find", find)) }
            if isUnreadOnly { query.append(("unread", "true")) }
            if page > 1 { query.append(("page", String(page))) }
            return .path(["devtools", "config"], query: query)
        }
    }

    private static let longestValue = 300
    static let pageSize = 200

    let lines: [ConfigurationLine]
    let view: View
    let context: ViewContext

    var html: HTML {
        let words = context.language.devtools
        let shown = lines.filter(isShown)
        let slice = Slice(shown, page: view.page, size: Self.pageSize)
        return HTML { h in
            h.add(
                FindForm.html(
                    words.findKeys, action: "/devtools/config", name: "find", value: view.find,
                    boxes: [.init(words.unreadOnly, name: "unread", isChecked: view.isUnreadOnly)],
                    clear: view.find.isEmpty && !view.isUnreadOnly ? nil : "/devtools/config",
                    context.language.interface))
            if shown.isEmpty {
                h.add(EmptyState.html(words.noKeys, lines.isEmpty ? words.noKeysAtAll : words.noKeysFound))
            } else {
                h.add(table(slice.items, words))
                h.add(
                    Pager.html(
                        words.shown(slice.first, slice.last, of: shown.count),
                        previous: slice.previous.map(view.url), next: slice.next.map(view.url),
                        context.language.interface))
            }
        }
    }

    private func isShown(_ line: ConfigurationLine) -> Bool {
        if view.isUnreadOnly, line.reader == .portal { return false }
        if view.find.isEmpty { return true }
        let wanted = view.find.lowercased()
        return [line.path, line.value, line.origin ?? ""].contains { $0.lowercased().contains(wanted) }
    }

    private func table(_ lines: some Sequence<ConfigurationLine>, _ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.config,
            [
                .init(words.key, width: .whole), .init(words.value, width: .whole), .init(words.place, width: .whole),
                .init(words.remark, width: .whole),
            ],
            rows: lines.map { line in
                .init([
                    Code.long(line.path), Code.long(Self.cut(line.value)),
                    line.origin.map { Code.long($0) } ?? Plain.html("–"), state(line, words),
                ])
            }, context.language.interface)
    }

    private func state(_ line: ConfigurationLine, _ words: any DevtoolsWords) -> HTML {
        if line.isLate { return StateMark.html(.info, words.afterRestart) }
        return switch line.reader {
        case .portal: .empty
        case .backstage: StateMark.html(.none, words.isBackstages)
        case .nobody: StateMark.html(.warn, words.isUnread)
        }
    }

    private static func cut(_ text: String) -> String {
        text.count > longestValue ? "\(text.prefix(longestValue))…" : text
    }
}

/// Some rows of many.
struct Slice<Element> {
    let items: ArraySlice<Element>
    /// Counted from one.
    let first: Int
    let last: Int
    let previous: Int?
    let next: Int?

    init(_ all: [Element], page: Int, size: Int) {
        let pages = max(1, (all.count + size - 1) / size)
        let page = min(max(1, page), pages)
        let start = (page - 1) * size
        items = all[start..<min(all.count, start + size)]
        first = items.isEmpty ? 0 : start + 1
        last = start + items.count
        previous = page > 1 ? page - 1 : nil
        next = page < pages ? page + 1 : nil
    }
}
