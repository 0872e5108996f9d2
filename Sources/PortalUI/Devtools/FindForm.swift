public import PortalKit

/// A field above a long list that finds some of it, with what else narrows it. It is sent as a plain form.
public enum FindForm {
    /// One box to check.
    public struct Box: Sendable {
        let title: String
        let name: String
        let isChecked: Bool

        public init(_ title: String, name: String, isChecked: Bool) {
            self.title = title
            self.name = name
            self.isChecked = isChecked
        }
    }

    /// - Parameters:
    ///   - label: what the field finds.
    ///   - name: of its parameter.
    ///   - clear: the list without all this; nil where nothing narrows it.
    public static func html(
        _ label: String, action: SafeURL, name: String, value: String, boxes: [Box] = [], clear: SafeURL? = nil,
        _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.form, .class("find"), .role("search"), .action(action), .aria("label", label)) {
                h(
                    .input, .class("field"), .type("search"), .name(name), .value(value), .placeholder(label),
                    .aria("label", label), Attribute("autocomplete", "off"), Attribute("maxlength", "200"))
                for box in boxes {
                    h(.label, .class("option")) {
                        h(
                            .input, .type("checkbox"), .name(box.name), .value("true"),
                            Attribute.flag("checked", box.isChecked))
                        h(.span, text: box.title)
                    }
                }
                h(.button, .class("button"), text: words.apply)
                if let clear { h(.a, .class("button plain"), .href(clear), text: words.clearAll) }
            }
        }
    }
}
