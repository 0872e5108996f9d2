import EntityModel
import PortalKit

/// Which widgets somebody has on the home page, in their order, and how wide each is.
struct HomeLayout: Sendable, Hashable {
    struct Item: Sendable, Hashable {
        let id: String
        var width: Int
    }

    /// Those of plugins that are gone are kept: a plugin may come back.
    var items: [Item]

    /// Where people's own layouts are kept.
    static let name = SettingName(bucket: "callboard.home", key: "layout")
    private static let most = 200

    /// What those see who have not chosen.
    static func usual(_ widgets: [HomeWidget]) -> HomeLayout {
        HomeLayout(items: widgets.filter(\.isUsual).map { Item(id: $0.id, width: $0.width.usual) })
    }

    init(items: [Item]) { self.items = items }

    /// - Returns: nil where it is no layout; what is none of its parts is passed over.
    init?(_ value: JSONValue?) {
        guard let list = value?["widgets"]?.array else { return nil }
        var seen: Set<String> = []
        items = list.prefix(Self.most).compactMap { entry in
            guard let id = entry["id"]?.string, seen.insert(id).inserted else { return nil }
            let width = entry["width"]?.number.flatMap { Int(exactly: $0) } ?? 0
            return Item(id: id, width: width)
        }
    }

    var json: JSONValue {
        ["widgets": .array(items.map { ["id": .string($0.id), "width": .number(Double($0.width))] })]
    }

    /// What of it there is, each as wide as it may be.
    func placed(_ widgets: [HomeWidget]) -> [(widget: HomeWidget, width: Int)] {
        let known = Dictionary(widgets.map { ($0.id, $0) }) { first, _ in first }
        return items.compactMap { item in
            known[item.id].map { ($0, Self.width(item.width, of: $0)) }
        }
    }

    private static func width(_ width: Int, of widget: HomeWidget) -> Int {
        let allowed = widget.width.allowed
        return width == 0 ? widget.width.usual : min(max(width, allowed.lowerBound), allowed.upperBound)
    }

    /// Those that could be added.
    func missing(_ widgets: [HomeWidget]) -> [HomeWidget] {
        let there = Set(items.map(\.id))
        return widgets.filter { !there.contains($0.id) }
    }
}

/// What somebody does to a layout, as a form says it. It is about the layout as it is stored by then: of what is done in
/// two windows at once, neither is lost.
struct LayoutChange: Sendable, Hashable {
    enum Act: Sendable, Hashable { case save, reset, up(String), down(String), remove(String), add(String) }

    let act: Act
    /// Only what was changed in this form: another window may have changed the others.
    let widths: [String: Int]

    /// - Throws: `PortalError` of kind `input` for a press that is none.
    init(_ form: QueryParameters) throws {
        let press = form["press"] ?? "save"
        let parts = press.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("save", nil): act = .save
        case ("reset", nil): act = .reset
        case ("up", let id?): act = .up(id)
        case ("down", let id?): act = .down(id)
        case ("remove", let id?): act = .remove(id)
        case ("add", let id?): act = .add(id)
        default:
            throw PortalError(.input, "The field press must be save, reset, or up:, down:, remove: or add: a widget")
        }
        let before = Dictionary(form.pairs.map { ($0.name, $0.value) }) { first, _ in first }
        var widths: [String: Int] = [:]
        for pair in form.pairs where pair.name.hasPrefix("width:") {
            let id = String(pair.name.dropFirst("width:".count))
            if let width = Int(pair.value), pair.value != before["was:\(id)"] { widths[id] = width }
        }
        self.widths = widths
    }

    /// The layout after it; nil for the usual one. What names a widget that is not there changes nothing.
    func applied(to layout: HomeLayout, _ widgets: [HomeWidget]) -> HomeLayout? {
        if act == .reset { return nil }
        var items = layout.items
        let known = Dictionary(widgets.map { ($0.id, $0) }) { first, _ in first }
        for (index, item) in items.enumerated() {
            if let width = widths[item.id], known[item.id]?.width.allowed.contains(width) == true {
                items[index].width = width
            }
        }
        switch act {
        case .save, .reset: break
        case .remove(let id): items.removeAll { $0.id == id }
        case .add(let id):
            if let widget = known[id], !items.contains(where: { $0.id == id }) {
                items.append(.init(id: id, width: widget.width.usual))
            }
        case .up(let id), .down(let id):
            // Past those that are not shown, too.
            let shown = items.indices.filter { known[items[$0].id] != nil }
            if let place = shown.firstIndex(where: { items[$0].id == id }) {
                let other = act == .up(id) ? place - 1 : place + 1
                if shown.indices.contains(other) { items.swapAt(shown[place], shown[other]) }
            }
        }
        return HomeLayout(items: items)
    }
}
