public import PortalKit

/// The colours of the interface, as the style sheet has them.
public struct ColourToken: Sendable, Hashable {
    /// What a colour is for, which says how much contrast it needs.
    public enum Role: Sendable, Hashable, CaseIterable { case ground, text, control, mark, decoration, kind }

    /// `text-2`
    public let name: String
    public let light: Colour
    public let dark: Colour

    public var role: Role {
        switch name {
        case "canvas", "surface", "sunken", "raised": .ground
        case "line", "spark", "on-accent": .decoration
        case "line-strong": .control
        case "mark": .mark
        default: name.hasPrefix("k-") ? .kind : name.hasSuffix("-soft") ? .decoration : .text
        }
    }

    /// The least contrast with the page that WCAG 2.2 asks of this use; nil where it asks none.
    public var wanted: Double? {
        switch role {
        case .text, .kind: 4.5
        case .control, .mark: 3
        case .ground, .decoration: nil
        }
    }

    /// All of them, in the order of the style sheet.
    public static let all: [ColourToken] = read(Assets.style("tokens.css"))

    /// The page itself, which contrast is measured against.
    static let canvas = all.first { $0.name == "canvas" }

    /// With the page, by day and by night.
    public var contrasts: (light: Double, dark: Double)? {
        Self.canvas.map { (light.contrast(with: $0.light), dark.contrast(with: $0.dark)) }
    }

    /// `--name: light-dark(#fff, #000);`
    static func read(_ style: String) -> [ColourToken] {
        style.matches(of: /--([a-z0-9-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)/).compactMap { match in
            guard let light = Colour(String(match.2)), let dark = Colour(String(match.3)) else { return nil }
            return ColourToken(name: String(match.1), light: light, dark: dark)
        }
    }
}

/// A sample of a colour, drawn so that it is there in forced colours too.
public enum Swatch {
    /// The colour that is in force where it stands.
    public static func html(_ token: ColourToken) -> HTML {
        HTML { h in
            h(
                .svg, .class("swatch c-\(token.name)"), Attribute("viewBox", "0 0 56 32"),
                .aria("hidden", "true")
            ) {
                h.literal("<rect x=\"0.5\" y=\"0.5\" width=\"55\" height=\"31\" rx=\"3.5\"/>")
            }
        }
    }
}
