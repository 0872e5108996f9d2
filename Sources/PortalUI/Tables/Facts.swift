public import PortalKit

/// The few things that people look for first, in a strip below the title.
public enum FactStrip {
    public static func html(_ facts: [(title: String, value: HTML)]) -> HTML {
        HTML { h in
            h(.dl, .class("facts")) {
                for fact in facts {
                    h(.div) {
                        h(.dt, text: fact.title)
                        h(.dd) { h.add(fact.value) }
                    }
                }
            }
        }
    }
}

/// Names with their values, as those of labels and annotations.
public enum Pairs {
    /// - Parameter isCode: names are written by people for programs.
    public static func html(_ pairs: [(name: String, value: HTML)], isCode: Bool = false) -> HTML {
        HTML { h in
            h(.dl, .class(isCode ? "pairs keys" : "pairs")) {
                for pair in pairs {
                    h(.dt, text: pair.name)
                    h(.dd) { h.add(pair.value) }
                }
            }
        }
    }

    public static func text(_ pairs: [(name: String, value: String)], isCode: Bool = false) -> HTML {
        html(pairs.map { pair in (pair.name, HTML { $0.text(pair.value) }) }, isCode: isCode)
    }

    /// - Parameter mostOpen: the long rest is folded.
    public static func text(
        _ pairs: [(name: String, value: String)], isCode: Bool = false, mostOpen: Int, _ words: any InterfaceWords
    ) -> HTML {
        Fold.rest(of: pairs, mostOpen: mostOpen, words) { text(Array($0), isCode: isCode) }
    }
}
