import Testing

@testable import Catalog

@Suite("What a path that came or went concerns")
struct MovedPathTests {
    private static let patterns = [
        (1, "/data/*.yaml", false), (2, "/data/**/catalog-info.yaml", false), (3, "/other/*.yaml", false),
        (4, "/data/team/*.yml", true),
    ].map { SourceStore.Pattern(id: $0.0, target: $0.1, isUnderWay: $0.2) }

    private static func affected(_ path: String, isFile: Bool) -> [Int64] {
        MovedPath.affected(patterns, by: [MovedPath(path: path, isFile: isFile)], [path])
    }

    @Test("a new file concerns the patterns that it matches")
    func files() {
        #expect(Self.affected("/data/a.yaml", isFile: true) == [1])
        #expect(Self.affected("/data/x/y/catalog-info.yaml", isFile: true) == [2])
        #expect(Self.affected("/data/catalog-info.yaml", isFile: true) == [1, 2])
        #expect(Self.affected("/data/.a.yaml.swp", isFile: true) == [])
        #expect(Self.affected("/database/a.yaml", isFile: true) == [])
    }

    @Test("a folder, or what has gone, concerns all patterns that it is below")
    func others() {
        #expect(Self.affected("/data/new", isFile: false) == [1, 2])
        #expect(Self.affected("/other/gone", isFile: false) == [3])
    }

    @Test("any change concerns a pattern that is being read and may have looked before")
    func underWay() {
        #expect(MovedPath.affected(Self.patterns, by: [], ["/data/team/a.yml", "/other/b.yaml"]) == [4])
    }

    @Test("a folder that moved, or in which a mounted volume was swapped, is watched anew with all within")
    func lost() {
        let folders: Set<String> = ["/data", "/data/a", "/data/a/b", "/data/ab", "/mount"]
        func lost(_ path: String, isFile: Bool = false) -> Set<String> {
            MovedPath.lost(folders, by: [MovedPath(path: path, isFile: isFile)])
        }
        #expect(lost("/data/a") == ["/data/a", "/data/a/b"])
        #expect(lost("/data/new").isEmpty)
        #expect(lost("/data/a", isFile: true).isEmpty)
        #expect(lost("/mount/..data") == ["/mount"])
    }
}
