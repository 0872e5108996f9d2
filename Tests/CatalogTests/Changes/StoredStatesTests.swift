import EntityModel
import Testing

@testable import Catalog

@Suite struct StoredStatesTests {
    private let one = Array(#"{"kind":"Component"}"#.utf8)
    private let other = Array(#"{"kind":"API"}"#.utf8)

    @Test("what can be read is there") func whole() {
        let both = StoredStates(before: one, after: other)
        #expect(both.before?["kind"] == "Component" && both.after?["kind"] == "API")
        let created = StoredStates(before: nil, after: one)
        #expect(created.before == nil && created.after?["kind"] == "Component")
        #expect(StoredStates(before: [], after: one) == created)
        #expect(StoredStates(before: one, after: nil).before?["kind"] == "Component")
    }

    @Test("beside what is damaged nothing looks as if it had come or gone", arguments: ["{broken", "\0", "nul"])
    func damaged(_ text: String) {
        let nothing = StoredStates(before: nil, after: nil)
        #expect(StoredStates(before: Array(text.utf8), after: one) == nothing)
        #expect(StoredStates(before: one, after: Array(text.utf8)) == nothing)
    }
}
