public import PortalKit

/// How many things there are of each kind, each number leading to them.
public enum CountTiles {
    /// One kind.
    public struct Tile: Sendable {
        let kind: String
        let title: String
        let count: Int
        let url: SafeURL?
        let part: Part?

        /// - Parameters:
        ///   - url: where the things are listed; nil for nowhere.
        ///   - part: those among them that are told apart.
        public init(_ kind: String, title: String, count: Int, url: SafeURL?, part: Part? = nil) {
            self.part = part
            self.kind = kind
            self.title = title
            self.count = count
            self.url = url
        }
    }

    /// Some of the things of a kind.
    public struct Part: Sendable {
        let text: String
        let url: SafeURL?

        public init(_ text: String, url: SafeURL?) {
            self.text = text
            self.url = url
        }
    }

    public static func html(_ tiles: [Tile], _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.ul, .class("tiles")) {
                for tile in tiles {
                    h(.li) {
                        if let url = tile.url {
                            h(.a, .href(url)) { write(tile, h, words) }
                        } else {
                            h(.span) { write(tile, h, words) }
                        }
                        if let part = tile.part {
                            if let url = part.url {
                                h(
                                    .a, .class("part"), .href(url), .aria("label", "\(tile.title): \(part.text)"),
                                    text: part.text)
                            } else {
                                h(.small, .class("part"), text: part.text)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ tile: Tile, _ h: HTMLWriter, _ words: any InterfaceWords) {
        h.add(Icon.kind(tile.kind))
        h(.b, text: words.number(tile.count))
        h(.span, text: tile.title)
    }
}
