import Testing

@Suite struct GoldenFileTests {
    @Test("a difference shows what went and what came") func difference() {
        #expect(GoldenFile.difference(from: "a\nb\nc\n", to: "a\nx\nc\n") == "- 2: b\n+ 2: x")
        #expect(GoldenFile.difference(from: "a\n", to: "a\nb\n") == "+ 2: b")
    }

    @Test("public declarations are found with their members and without bodies") func declarations() {
        let text = """
            public struct A: Contribution {
                public enum Kind: String { case one, two }
                public let name: String
                let hidden: Int
                public init(
                    _ name: String, then: () -> Void = {}
                ) {
                    self.name = name
                }
            }
            public protocol P {
                /// Says.
                var version: String { get }
                func decide() throws
            }
            """
        #expect(
            PublicDeclarations.of(text) == [
                "public struct A: Contribution", "    public enum Kind: String { case one, two }",
                "    public let name: String", "    public init(_ name: String, then: () -> Void = {})",
                "public protocol P", "    var version: String { get }", "    func decide() throws",
            ])
    }
}
