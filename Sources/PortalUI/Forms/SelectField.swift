public import PortalKit

/// One of some values to choose, below its label.
public enum SelectField {
    public static func html(_ title: String, name: String, _ choices: [FilterForm.Choice]) -> HTML {
        HTML { h in
            h(.fieldset) {
                h(.label, .class("label"), .for(name), text: title)
                h(.select, .id(name), .name(name)) {
                    for choice in choices {
                        h(
                            .option, .value(choice.value), Attribute.flag("selected", choice.isChosen),
                            text: choice.count.map { "\(choice.label) (\($0))" } ?? choice.label)
                    }
                }
            }
        }
    }
}
