public import PortalKit

/// Says above a page why the form that was sent from it was not taken. It has the focus, so that it is read first.
public enum RefusalNote {
    public static func html(_ refusal: FormRefusal, _ language: Language) -> HTML {
        let reason = refusal.reason(language)
        return HTML { h in
            h(
                .div, .id("refusal"), .class("note bad"), .role("alert"), .tabindex(-1), Attribute.flag("autofocus")
            ) {
                h.add(Icon.sign(.warning))
                h(.div) {
                    h(.strong, text: language.interface.nothingChanged)
                    h(.p) {
                        if let field = refusal.field.flatMap({ SafeURL("#\($0)") }) {
                            h(.a, .href(field), text: reason)
                        } else {
                            h.text(reason)
                        }
                    }
                    h.add(refusal.remedy(language))
                }
            }
        }
    }
}
