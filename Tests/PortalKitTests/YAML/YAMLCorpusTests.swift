import Foundation
import PortalKit
import Testing

/// Real files of many organisations, which lie beside a checkout or where `CALLBOARD_SHARED` says; not in it.
private let corpus: URL? = {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared")
    let named = ProcessInfo.processInfo.environment["CALLBOARD_SHARED"].map { URL(fileURLWithPath: $0) }
    let folder = (named ?? beside).appending(path: "data/catalog").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

@Suite struct YAMLCorpusTests {
    @Test(
        "every document of the corpus is read, or refused with its place",
        .enabled(if: corpus != nil, "the corpus of real catalog files is not at hand"))
    func corpusIsRead() throws {
        let folder = try #require(corpus)
        var documents = 0
        var refused = 0
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        for case let file as URL in files where ["yaml", "yml"].contains(file.pathExtension) {
            let bytes = Array(try Data(contentsOf: file))
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 2
            for document in YAMLReader.documents(bytes) {
                documents += 1
                guard case .failure(let error) = document.value else { continue }
                refused += 1
                #expect((1...lines).contains(error.position.line), "\(file.lastPathComponent): \(error)")
                #expect(!error.message.isEmpty)
            }
        }
        #expect(documents > 100)
        #expect(refused * 10 < documents, "\(refused) of \(documents) documents were refused")
    }
}
