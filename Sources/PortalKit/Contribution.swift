/// Something that a plugin adds to the portal. Each extension point is one struct that conforms to this marker.
public protocol Contribution: Sendable {}
