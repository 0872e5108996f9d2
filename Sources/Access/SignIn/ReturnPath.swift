/// Where a person goes after signing in: always a path of this portal, never another site.
enum ReturnPath {
    static let home = "/"
    private static let longest = 2_048

    /// The path if it is safe in a `Location` header, else the home page.
    ///
    /// Browsers read `//host`, `/\host` and both with tabs or line ends within as another site.
    static func safe(_ text: String?) -> String {
        guard let text, text.utf8.count <= longest, text.hasPrefix("/"), !text.hasPrefix("//") else { return home }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return home }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let isSignInPage = ["/sign-in", "/sign-out"].contains { path == $0 || path.hasPrefix("\($0)/") }
        return isSignInPage ? home : text
    }
}
