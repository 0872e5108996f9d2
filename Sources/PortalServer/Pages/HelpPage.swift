import PortalKit
import PortalUI

/// `/help`: whom to ask, which keys there are, what runs here. It is linked from the same place on every page.
struct HelpPage: Sendable {
    /// What a key does; the module `keys` listens to them.
    enum Key: CaseIterable {
        case palette, find, help, next, previous, open, select, star, edit, actions, close

        func names(_ words: any InterfaceWords) -> [String] {
            switch self {
            case .palette: [words.controlKey, "K"]
            case .find: ["/"]
            case .help: ["?"]
            case .next: ["j"]
            case .previous: ["k"]
            case .open: ["Enter"]
            case .select: ["x"]
            case .star: ["s"]
            case .edit: ["e"]
            case .actions: ["."]
            case .close: ["Esc"]
            }
        }
    }

    let support: AppearanceSettings.Support
    let navigation: [NavigationItem]
    let context: ViewContext

    var content: PageContent {
        let words = context.language.server
        return PageContent(
            words.help, navigation: "help",
            html: HTML { h in
                h.add(PageHead.html(words.help))
                h.add(
                    Columns.wide(
                        keys(words),
                        HTML { h in
                            h.add(ways(words))
                            h.add(Card.html(words.program, content: Card.text(words.version(CallboardVersion.current))))
                        }))
            })
    }

    private func ways(_ words: any ServerWords) -> HTML {
        let isEmpty = support.url == nil && support.items.isEmpty
        return Card.html(
            words.support,
            content: HTML { h in
                if isEmpty { h.add(Card.quiet(words.noSupport)) }
                if let url = support.url {
                    h.add(LinkList.html([.init(words.askHere, url: url)], context.language.interface))
                }
                for item in support.items {
                    let links = item.links.map { LinkList.Link($0.title, url: $0.url) }
                    h.add(Card.part(item.title, LinkList.html(links, context.language.interface)))
                }
            })
    }

    private func keys(_ words: any ServerWords) -> HTML {
        let go = navigation.compactMap { item in
            item.key.map {
                (["g", String($0)], words.goTo(context.language.interface.navigation(item.id) ?? item.title))
            }
        }
        let rows = Key.allCases.map { ($0.names(context.language.interface), words.meaning(of: $0)) } + go
        return Card.html(
            words.keys, id: "keys",
            content: HTML { h in
                h.add(Card.quiet(context.preferences.hasKeys ? words.keysNeedScripts : words.keysAreOff))
                h.add(
                    Table.html(
                        words.keys, [.init(words.key, width: .sign), .init(words.meaning, width: .wide)],
                        rows: rows.map { names, text in .init([KeyNames.html(names), HTML { $0.text(text) }]) },
                        context.language.interface))
            })
    }
}

extension PageRoutes {
    var helpPage: Page {
        Page("help", path: "/help", navigation: "help") { [frame] _, context in
            let state = frame.current
            return HelpPage(
                support: state.support,
                navigation: state.shell.frame.navigation.filter { $0.isVisible(context.principal) },
                context: context
            ).content
        }
    }
}
