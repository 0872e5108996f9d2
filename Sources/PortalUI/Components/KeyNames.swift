public import PortalKit

/// Keys to press, one after the other or together.
public enum KeyNames {
    public static func html(_ names: [String]) -> HTML {
        HTML { h in
            h(.span, .class("keys-row")) { for name in names { h(.kbd, text: name) } }
        }
    }
}
