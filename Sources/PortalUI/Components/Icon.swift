public import PortalKit

/// The signs of the portal: each kind of entity has a shape of its own, so that kind never depends on colour.
public enum Icon {
    /// The shapes, defined once on a page.
    static let sprite = HTML(
        literal: """
            <svg width="0" height="0" aria-hidden="true" class="unseen"><defs>\
            <symbol id="i-component" viewBox="0 0 20 20"><rect x="3" y="3" width="14" height="14" rx="3"/>\
            <path d="M7 10h6M10 7v6"/></symbol>\
            <symbol id="i-api" viewBox="0 0 20 20"><path d="M10 2l7 4v8l-7 4-7-4V6z"/><path d="M7.5 10h5"/></symbol>\
            <symbol id="i-system" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.5"/><circle cx="10" cy="10" r="2.5"/>\
            </symbol><symbol id="i-domain" viewBox="0 0 20 20"><path d="M10 2.5l7.5 7.5-7.500 7.500L2.500 10z"/></symbol>\
            <symbol id="i-resource" viewBox="0 0 20 20"><ellipse cx="10" cy="5" rx="6.5" ry="2.5"/>\
            <path d="M3.5 5v10c0 1.400 2.900 2.500 6.500 2.500s6.500-1.100 6.500-2.500V5"/></symbol>\
            <symbol id="i-group" viewBox="0 0 20 20"><circle cx="7" cy="7" r="3"/><circle cx="14" cy="8" r="2.3"/>\
            <path d="M2 16c0-3 2.200-5 5-5s5 2 5 5M13 12c2.600 0 5 1.400 5 4"/></symbol>\
            <symbol id="i-user" viewBox="0 0 20 20"><circle cx="10" cy="6.500" r="3.500"/><path d="M3.500 17c0-3.500 2.900-5.500 6.500-5.500s6.500 2 6.500 5.500"/></symbol>\
            <symbol id="i-template" viewBox="0 0 20 20"><path d="M4 3h8l4 4v10H4z"/><path d="M12 3v4h4M7 11h6M7 14h4"/></symbol>\
            <symbol id="i-location" viewBox="0 0 20 20"><path d="M10 17.500c3.700-4 5.500-6.700 5.500-9a5.500 5.500 0 0 0-11 0c0 2.300 1.800 5 5.500 9z"/><circle cx="10" cy="8.500" r="1.800"/></symbol>\
            <symbol id="i-other" viewBox="0 0 20 20"><rect x="3" y="5" width="14" height="10" rx="5"/></symbol>\
            <symbol id="i-home" viewBox="0 0 20 20"><path d="M3 9.500L10 3l7 6.500V17h-5v-5H8v5H3z"/></symbol>\
            <symbol id="i-chart" viewBox="0 0 20 20"><path d="M3 17h14M6 14V9M10 14V4M14 14v-7"/></symbol>\
            <symbol id="i-bell" viewBox="0 0 20 20"><path d="M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13zM8.500 17.500h3"/></symbol>\
            <symbol id="i-gear" viewBox="0 0 20 20"><circle cx="10" cy="10" r="3"/><path d="M10 2.500v2.500M10 15v2.500M2.500 10H5M15 10h2.500M4.700 4.700l1.800 1.800M13.500 13.500l1.800 1.800M4.700 15.300l1.800-1.800M13.500 6.500l1.800-1.800"/></symbol>\
            <symbol id="i-warning" viewBox="0 0 20 20"><path d="M10 3l7.500 13.500h-15zM10 8v4M10 14.200v.3"/></symbol>\
            <symbol id="i-info" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.500"/><path d="M10 9v5M10 6v.3"/></symbol>\
            <symbol id="i-search" viewBox="0 0 20 20"><circle cx="9" cy="9" r="5.500"/><path d="M13 13l4 4"/></symbol>\
            <symbol id="i-filter" viewBox="0 0 20 20"><path d="M3 5h14M6 10h8M8.500 15h3"/></symbol>\
            <symbol id="i-link" viewBox="0 0 20 20"><path d="M11 4h5v5M16 4l-7 7M14 12v4H4V6h4"/></symbol>\
            <symbol id="i-mail" viewBox="0 0 20 20"><rect x="2.500" y="4.500" width="15" height="11" rx="1.500"/><path d="M3 6l7 5 7-5"/></symbol>\
            <symbol id="i-menu" viewBox="0 0 20 20"><path d="M3 5.500h14M3 10h14M3 14.500h14"/></symbol>\
            <symbol id="i-star" viewBox="0 0 20 20"><path d="M10 2.500l2.300 4.900 5.200.7-3.800 3.700.9 5.300-4.600-2.500-4.600 2.500.9-5.300L2.500 8.100l5.200-.7z"/></symbol>\
            <symbol id="i-more" viewBox="0 0 20 20"><path d="M4.500 10h.3M9.900 10h.3M15.200 10h.3" stroke-width="2.600"/></symbol>\
            <symbol id="i-help" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.500"/><path d="M8 8a2 2 0 1 1 2.700 1.900c-.5.200-.7.600-.7 1.100v.5M10 14v.2"/></symbol>\
            <symbol id="i-graph" viewBox="0 0 20 20"><circle cx="5" cy="10" r="2.300"/><circle cx="15" cy="4.800" r="2.300"/><circle cx="15" cy="15.200" r="2.300"/><path d="M7 9l6-3.200M7 11l6 3.200"/></symbol>\
            <symbol id="i-columns" viewBox="0 0 20 20"><rect x="3" y="4" width="14" height="12" rx="2"/><path d="M8 4v12M12.500 4v12"/></symbol>\
            <symbol id="i-edit" viewBox="0 0 20 20"><path d="M4 16l.8-3.400L13.400 4l2.600 2.600-8.600 8.600zM11.500 6l2.500 2.500"/></symbol>\
            <symbol id="i-check" viewBox="0 0 20 20"><path d="M4 10.500l4 4 8-9"/></symbol>\
            <symbol id="i-book" viewBox="0 0 20 20"><path d="M3 4h5a2 2 0 0 1 2 2v11a2 2 0 0 0-2-2H3zM17 4h-5a2 2 0 0 0-2 2v11a2 2 0 0 1 2-2h5z"/></symbol>\
            <symbol id="i-plus" viewBox="0 0 20 20"><path d="M10 4v12M4 10h12"/></symbol>\
            <symbol id="i-clock" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.500"/><path d="M10 5.500V10l3 2.200"/></symbol>\
            <symbol id="i-pulse" viewBox="0 0 20 20"><path d="M2.500 10h3.500l2-5 4 10 2-5h3.500"/></symbol>\
            </defs></svg>
            """)

    private static let kinds: Set<String> = [
        "component", "api", "system", "domain", "resource", "group", "user", "template", "location",
    ]

    /// The shape of a kind, with its name for those who cannot see it.
    public static func kind(_ kind: String, isLarge: Bool = false) -> HTML {
        let name = name(ofKind: kind)
        return HTML { h in
            h(.svg, .class("icon kind k-\(name)\(isLarge ? " large" : "")"), .role("img"), .aria("label", kind)) {
                use(name, h)
            }
        }
    }

    /// What the shape and the colour of a kind are called.
    static func name(ofKind kind: String) -> String {
        kinds.contains(kind.lowercased()) ? kind.lowercased() : "other"
    }

    /// The shape of a kind in itself, 20 by 20, for a file that has no sprite.
    static func shapes(ofKind kind: String) -> HTML { shapes[name(ofKind: kind)] ?? .empty }

    /// What is in the sprite, by the names of its symbols.
    private static let shapes: [String: HTML] = {
        var shapes: [String: HTML] = [:]
        for symbol in sprite.text.split(separator: "<symbol id=\"i-").dropFirst() {
            guard let end = symbol.firstRange(of: "</symbol>"), let open = symbol.firstIndex(of: ">") else { continue }
            let inside = symbol[symbol.index(after: open)..<end.lowerBound]
            shapes[String(symbol.prefix { $0 != "\"" })] = HTML(sanitized: Array(inside.utf8))
        }
        return shapes
    }()

    /// Signs that are not of a kind.
    public enum Sign: String, Sendable, CaseIterable {
        case warning, info, filter, link, menu, star, more, columns, edit, check, graph, help, mail
        case nothing = "search"
    }

    /// - Parameter label: what the sign says where no words beside it do.
    public static func sign(_ sign: Sign, label: String? = nil) -> HTML {
        HTML { h in
            h(
                .svg, .class("icon sign-\(sign.rawValue)"), label == nil ? .aria("hidden", "true") : .role("img"),
                label.map { .aria("label", $0) }
            ) {
                if let label { h(.title, text: label) }
                use(sign.rawValue, h)
            }
        }
    }

    static func navigation(_ icon: NavigationItem.Icon, _ h: HTMLWriter) {
        let name =
            switch icon {
            case .home: "home"
            case .catalog: "component"
            case .api: "api"
            case .docs: "book"
            case .create: "plus"
            case .star: "star"
            case .graph: "graph"
            case .help: "help"
            case .chart: "chart"
            case .people: "group"
            case .bell: "bell"
            case .wrench: "pulse"
            case .settings: "gear"
            case .plug: "other"
            case .clock: "clock"
            }
        h(.svg, .class("icon"), .aria("hidden", "true")) { use(name, h) }
    }

    private static func use(_ name: String, _ h: HTMLWriter) {
        h(Tag("use"), SafeURL("#i-\(name)").map { Attribute.href($0) })
    }
}
