public import PortalKit

/// The filters that are on, each with the way to take it off.
public enum FilterChips {
    public static func html(
        _ chips: [(text: String, without: SafeURL)], clear: SafeURL, swap: String, _ words: any InterfaceWords
    ) -> HTML {
        if chips.isEmpty { return .empty }
        return HTML { h in
            h(.ul, .class("chips"), .aria("label", words.activeFilters)) {
                for chip in chips {
                    h(.li) {
                        h(.a, .href(chip.without), .data("swap", swap), .aria("label", words.removeFilter(chip.text))) {
                            h(.span, text: chip.text)
                            h(.span, .aria("hidden", "true"), text: "×")
                        }
                    }
                }
                if chips.count > 1 {
                    h(.li) { h(.a, .class("plain"), .href(clear), .data("swap", swap), text: words.clearAll) }
                }
            }
        }
    }
}
