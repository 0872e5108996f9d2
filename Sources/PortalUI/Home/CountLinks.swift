public import PortalKit

/// How many there are of each sort, each leading to them.
public enum CountLinks {
    public static func html(
        _ counts: [(count: Int, name: String, url: SafeURL)], _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.ul, .class("counts")) {
                for entry in counts {
                    h(.li) {
                        h(.a, .href(entry.url)) {
                            h(.b, text: words.number(entry.count))
                            h.text(" \(entry.name)")
                        }
                    }
                }
            }
        }
    }
}
