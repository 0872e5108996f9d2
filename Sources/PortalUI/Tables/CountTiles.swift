public import PortalKit

/// How many things there are of each kind, each number leading to them.
public enum CountTiles {
    /// One kind.
    public struct Tile: Sendable {
        let kind: String
        let title: String
        let count: Int
        let url: SafeURL?

        /// - Parameter url: where the things are listed; nil for nowhere.
        public init(_ kind: String, title: String, count: Int, url: SafeURL?) {
            self.kind = kind
            self.title = title
            self.count = count
            self.url = url
        }
    }

    public static func html(_ tiles: [Tile]) -> HTML {
        HTML { h in
            h(.ul, .class("tiles")) {
                for tile in tiles {
                    h(.li) {
                        if let url = tile.url {
                            h(.a, .href(url)) { write(tile, h) }
                        } else {
                            h(.span) { write(tile, h) }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ tile: Tile, _ h: HTMLWriter) {
        h.add(Icon.kind(tile.kind))
        h(.b, text: String(tile.count))
        h(.span, text: tile.title)
    }
}
