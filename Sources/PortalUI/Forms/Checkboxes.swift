public import PortalKit

/// Several of some values to choose.
public enum Checkboxes {
    public static func html(_ title: String, name: String, _ choices: [FilterForm.Choice]) -> HTML {
        HTML { h in
            h(.fieldset) {
                h(.legend, text: title)
                for choice in choices {
                    h(.label, .class("option")) {
                        h(
                            .input, .type("checkbox"), .name(name), .value(choice.value),
                            .flag("checked", choice.isChosen))
                        h(.span, text: choice.label)
                    }
                }
            }
        }
    }
}
