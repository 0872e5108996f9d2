import EntityModel
import Testing

@Suite struct EntityReferenceTests {
    @Test("a full reference has three parts and a lowercase canonical form")
    func full() throws {
        let reference = try EntityReference(parsing: " Component:Payments/Ledger ")
        #expect(reference.kind == "Component")
        #expect(reference.namespace == "Payments")
        #expect(reference.name == "Ledger")
        #expect(reference.description == "component:payments/ledger")
    }

    @Test("omitted parts take their defaults")
    func defaults() throws {
        #expect(try EntityReference(parsing: "a:c").description == "a:default/c")
        #expect(try EntityReference(parsing: "c", defaultKind: "Group").description == "group:default/c")
        #expect(try EntityReference(parsing: "b/c", defaultKind: "api").description == "api:b/c")
        #expect(try EntityReference(parsing: "c", defaultKind: "k", defaultNamespace: "n").description == "k:n/c")
    }

    @Test("malformed references are refused", arguments: [":b/c", "a:/c", "a:b/", "a/b:c", "a:b:c", "a/b/c", "", " "])
    func malformed(_ text: String) {
        #expect(throws: EntityReference.ParseError.malformed(text)) {
            try EntityReference(parsing: text, defaultKind: "component")
        }
    }

    @Test("a reference without a kind is refused where there is no default", arguments: ["b/c", "c"])
    func kindMissing(_ text: String) {
        #expect(throws: EntityReference.ParseError.kindMissing(text)) { try EntityReference(parsing: text) }
    }

    @Test("references are equal whatever their case")
    func equality() {
        #expect(
            EntityReference(kind: "API", name: "X") == EntityReference(kind: "api", namespace: "Default", name: "x"))
    }
}
