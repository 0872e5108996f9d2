public import PortalKit

/// A field for one line below its label, with what is wrong with what was written.
public enum TextField {
    /// - Parameters:
    ///   - type: of the input, such as `url`.
    ///   - help: what is wanted, in a sentence.
    ///   - problem: why the value cannot be taken; it is read aloud with the field.
    public static func html(
        _ title: String, name: String, type: String = "text", value: String, placeholder: String = "",
        help: String = "", problem: String? = nil
    ) -> HTML {
        HTML { h in
            h(.fieldset) {
                h(.label, .class("label"), .for(name), text: title)
                let about = (problem == nil ? [] : ["\(name)-problem"]) + (help.isEmpty ? [] : ["\(name)-help"])
                h(
                    .input, .id(name), .class("field"), .type(type), .name(name), .value(value),
                    .placeholder(placeholder), Attribute("autocomplete", "off"), Attribute.flag("required"),
                    problem == nil ? nil : .aria("invalid", "true"),
                    about.isEmpty ? nil : .aria("describedby", about.joined(separator: " ")))
                if let problem { h(.p, .class("problem"), .id("\(name)-problem"), text: problem) }
                if !help.isEmpty { h(.p, .class("quiet"), .id("\(name)-help"), text: help) }
            }
        }
    }
}
