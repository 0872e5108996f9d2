public import PortalKit

/// One component in one of its states, beside the name of that state, as in a book of samples.
public enum Specimen {
    /// - Parameters:
    ///   - id: what an address can point at.
    ///   - code: what makes the component, in the source.
    public static func part(_ title: String, id: String, code: String, _ states: [HTML]) -> HTML {
        HTML { h in
            h(.section, .class("specimen"), .id(id)) {
                h(.h3) {
                    h.text(title)
                    h(.code, text: code)
                }
                for state in states { h.add(state) }
            }
        }
    }

    /// - Parameter isWide: stands below its name, over the whole width.
    public static func state(_ name: String, isWide: Bool = false, _ content: HTML) -> HTML {
        HTML { h in
            h(.div, .class(isWide ? "sample wide" : "sample")) {
                h(.p, .class("sample-name"), text: name)
                h(.div) { h.add(content) }
            }
        }
    }

    /// Things beside one another.
    public static func row(_ contents: [HTML]) -> HTML {
        HTML { h in h(.div, .class("sample-row")) { for content in contents { h.add(content) } } }
    }

    /// Things beside one another, each above its name.
    public static func named(_ contents: [(name: String, html: HTML)]) -> HTML {
        HTML { h in
            h(.ul, .class("sample-names")) {
                for content in contents {
                    h(.li) {
                        h.add(content.html)
                        h(.code, text: content.name)
                    }
                }
            }
        }
    }

    /// Text of one size and weight of the scale.
    public static func type(_ step: TypeStep, _ text: String) -> HTML {
        HTML { h in h(.p, .class("type-\(step.rawValue)"), text: text) }
    }
}

/// The sizes in which the interface is set, from small to large.
public enum TypeStep: String, Sendable, CaseIterable {
    case rail, label, small, base, code, section, title, page

    /// Size and weight, as the style sheet has them.
    public var measure: String {
        switch self {
        case .rail: "0.6875 rem, 600"
        case .label: "0.75 rem, 600"
        case .small: "0.8125 rem, 400"
        case .base: "0.875 rem, 400"
        case .code: "0.92 em, mono"
        case .section: "1 rem, 650"
        case .title: "1.25 rem, 650"
        case .page: "1.5 rem, 650"
        }
    }
}
