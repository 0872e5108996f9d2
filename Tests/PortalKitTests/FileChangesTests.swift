import PortalKit
import Testing

@Suite("Changes in watched folders")
struct FileChangesTests {
    @Test("come as one set of all since the last one was taken, each once")
    func together() async {
        let (changes, source) = FileChanges.make()
        var reader = changes.makeAsyncIterator()
        for path in ["/a", "/b", "/a"] { source.tell(.path(path)) }
        #expect(await reader.next() == [.path("/a"), .path("/b")])
        source.tell(.path("/c"))
        #expect(await reader.next() == [.path("/c")])
        source.finish()
        #expect(await reader.next() == nil)
    }

    @Test("that are too many to tell apart, or were missed, are anything")
    func tooMany() async {
        let (changes, source) = FileChanges.make()
        var reader = changes.makeAsyncIterator()
        for number in 0...10_000 { source.tell(.path("/\(number)")) }
        source.tell(.path("/a"))
        #expect(await reader.next() == [.anything])
        source.tell(.path("/a"))
        source.tell(.anything)
        #expect(await reader.next() == [.anything])
    }

    @Test("tell whoever watches when nobody reads any more", .timeLimit(.minutes(1)))
    func end() async {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let (changes, source) = FileChanges.make()
        source.onStop { end.finish() }
        let reader = Task { for await _ in changes {} }
        reader.cancel()
        for await _ in ended {}
    }
}
