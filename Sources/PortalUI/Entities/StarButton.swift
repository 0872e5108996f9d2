public import EntityModel
public import PortalKit

/// Sets the star of an entity and takes it away: a small form that replaces only itself where scripts run.
public enum StarButton {
    /// How it stands: a sign alone in rows, with a word at the head of a page.
    public enum Look: Sendable { case sign, word }

    /// - Parameters:
    ///   - title: what the entity is called.
    ///   - back: the path of the page that it stands on; it is shown again.
    ///   - place: tells buttons apart where one entity has more than one on a page.
    ///   - part: the id of what a press replaces, where that is more than the button.
    public static func html(
        _ reference: EntityReference, title: String, isStarred: Bool, back: String, look: Look = .sign,
        place: String = "", part: String? = nil, _ words: any InterfaceWords
    ) -> HTML {
        let id = "star\(place.isEmpty ? "" : "-\(place)")-\(PercentCoding.encode(reference.description))"
        return HTML { h in
            h(
                .form, .id(id), .class("star"), .method("post"), .action("/starred"), .data("swap", part ?? id)
            ) {
                h(.input, .type("hidden"), .name("entityRef"), .value(reference.description))
                h(.input, .type("hidden"), .name("starred"), .value(isStarred ? "false" : "true"))
                h(.input, .type("hidden"), .name("return"), .value(back))
                h(
                    .button, .id("\(id)-press"), look == .word ? .class("button") : nil, .data("act", "star"),
                    .aria("pressed", isStarred ? "true" : "false"), .aria("label", words.star(title)),
                    .title(isStarred ? words.unstar(title) : words.star(title))
                ) {
                    h.add(Icon.sign(.star))
                    if look == .word { h(.span, text: words.star) }
                }
            }
        }
    }
}
