/// Which Callboard this is: the one place that names its version.
public enum CallboardVersion {
    /// Semantic; `-dev` until it is released, as CHANGELOG.md says in its first heading.
    public static let current = "0.1.0-dev"
}
