public import PortalKit

/// Things with a button each, for within a form.
public enum PressList {
    /// - Parameters:
    ///   - name: of the field that says what was pressed.
    ///   - label: what a button says aloud, by the thing's title.
    public static func html(
        _ items: [(value: String, title: String)], name: String, text: String, label: (String) -> String
    ) -> HTML {
        HTML { h in
            h(.ul, .class("order")) {
                for item in items {
                    h(.li) {
                        h(.span, .class("order-name"), Attribute("dir", "auto"), text: item.title)
                        h(
                            .button, .id(item.value.replacing(":", with: "-")), .class("button"), .name(name),
                            .value(item.value), .aria("label", label(item.title)), text: text)
                    }
                }
            }
        }
    }
}
