public import PortalKit

/// What can be done with chosen rows of a table; it shows once one is chosen, and says how many are. Both by the style
/// sheet alone: it counts the boxes that are checked before it.
public enum SelectionBar {
    /// One thing to do.
    public struct Act: Sendable {
        let title: String
        let url: SafeURL
        let field: (name: String, value: String)?
        let method: String

        /// - Parameter field: what is sent along.
        public init(
            _ title: String, to url: SafeURL, field: (name: String, value: String)? = nil, method: String = "post"
        ) {
            self.title = title
            self.url = url
            self.field = field
            self.method = method
        }
    }

    /// - Parameters:
    ///   - id: of the form that the boxes of the rows belong to.
    ///   - chosen: what stands behind the number of chosen rows.
    ///   - back: the page that it stands on.
    public static func html(id: String, chosen: String, back: String, _ acts: [Act]) -> HTML {
        HTML { h in
            h(.form, .id(id), .class("selection"), .method("post")) {
                h(.input, .type("hidden"), .name("return"), .value(back))
                h(.span, .class("counted"), text: chosen)
                for act in acts {
                    h(
                        .button, .class("button"), .formAction(act.url), Attribute("formmethod", act.method),
                        act.field.map { .name($0.name) }, act.field.map { .value($0.value) }, text: act.title)
                }
            }
        }
    }
}
