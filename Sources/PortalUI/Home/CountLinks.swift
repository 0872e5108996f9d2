public import PortalKit

/// How many there are of each sort, each leading to them.
public enum CountLinks {
    public static func html(_ counts: [(count: Int, name: String, url: SafeURL)]) -> HTML {
        HTML { h in
            h(.ul, .class("counts")) {
                for entry in counts {
                    h(.li) {
                        h(.a, .href(entry.url)) {
                            h(.b, text: String(entry.count))
                            h.text(" \(entry.name)")
                        }
                    }
                }
            }
        }
    }
}
