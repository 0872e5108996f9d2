import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Every file of the corpus by itself, in a portal of its own.
@Suite struct CatalogCorpusTests {
    private static let files: [String: String] = (try? Corpus.files()) ?? [:]
    /// Documents that Backstage refuses too, by what is wrong with them.
    private static let refused = [
        // The skeleton of a template, not yet filled in.
        "component:default/${{values.name | dump}}": "metadata.name",
        "component:default/logstash": "\"spec.lifecycle\" must have a value",
        // Its links are in a file that the corpus lacks.
        "component:default/ibm-mq-dev-resources": "Placeholder $yaml could not read location",
    ]

    private static let paths = files.keys.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()

    @Test(
        "a catalog file is accepted document by document, or refused with a reason that can be read",
        .enabled(if: Corpus.folder != nil, "\(Corpus.missing)"), arguments: paths)
    func file(_ path: String) async throws {
        let portal = try await TestPortal.make(Corpus.config(path), files: Self.files)
        let entities = try await portal.running { try await Corpus.settle(portal) }
        let root = entities.first { $0["spec"]?["target"]?.string == path }
        let found = Set(entities.map(\.reference))
        let documents = Corpus.documents(Self.files[path] ?? "").map(JSONValue.object)
        let missing = documents.filter { !found.contains($0.reference) }.map(\.reference)
        let errors = root?.errors ?? []
        if try Corpus.invalidFiles().contains(path) {
            #expect(entities.count == 1, "it is no catalog file, but \(found) came of it")
            #expect(errors.count >= documents.count && !errors.isEmpty)
            let reasons = ["must have a value", "No processor recognized", "Unknown field", "is not valid"]
            #expect(errors.allSatisfy { error in reasons.contains { error.contains($0) } }, "\(errors)")
        } else {
            #expect(Set(missing) == Set(missing).intersection(Self.refused.keys), "\(errors)")
            for reference in missing {
                let reason = Self.refused[reference] ?? ""
                #expect(errors.contains { $0.contains(reason) }, "\(errors)")
            }
            let others = entities.filter { $0["kind"] != "Location" }.flatMap(\.errors)
            #expect(others.allSatisfy { $0.contains("Placeholder $") }, "\(others)")
        }
        for message in entities.flatMap(\.errors) { #expect(message.count > 30, "\(message)") }
    }

    @Test(
        "the corpus has files that are none of the catalog",
        .enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
    func hasInvalidFiles() throws {
        #expect(try Corpus.invalidFiles().count >= 2)
        #expect(Self.paths.count > 100)
    }
}
