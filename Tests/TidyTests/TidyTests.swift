import Database
import PortalKit
import PortalServer
import Testing

/// The rules of the tree that no compiler checks. Each failure names the place and what mends it.
@Suite struct TidyTests {
    private let tree = SourceTree.repository

    private func expectNone(_ problems: [String], _ location: SourceLocation = #_sourceLocation) {
        let text = problems.joined(separator: "\n")
        #expect(problems.isEmpty, "\(problems.count) to mend:\n\(text)", sourceLocation: location)
    }

    @Test("the tree was found") func found() {
        #expect(tree.sources.count > 100)
        #expect(tree.tests.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
        #expect(tree.texts.contains { $0.path == "Package.swift" })
    }

    @Test("no file and no function is longer than can be read at once") func lengths() {
        expectNone(SizeRules.fileLengths(tree.sources + tree.tests))
        expectNone(SizeRules.functionLengths(tree.sources + tree.tests))
    }

    @Test("the repository holds no blobs") func blobs() { expectNone(SizeRules.blobs(tree.sizes)) }

    @Test("no folder holds more files than can be seen at once") func folders() {
        expectNone(SizeRules.folders(tree.sources + tree.tests))
    }

    @Test("PortalKit stays small enough to be read by a plugin's author") func kit() {
        expectNone(SizeRules.kitFolders(tree.sources))
    }

    @Test("modules import lower tiers only, and features never one another") func tiers() {
        expectNone(TierRules.imports(tree.sources, targets: Set(tree.sources.map(\.target))))
    }

    @Test("what can end the process, or parses what we parse ourselves, is not used") func words() throws {
        expectNone(try WordRules.banned(tree.sources))
    }

    @Test("nothing is left for later in the code") func notes() throws {
        expectNone(try WordRules.notes(tree.sources + tree.tests))
    }

    @Test("checks for data races are switched off around C handles and pinned memory only") func unchecked() throws {
        expectNone(try WordRules.unchecked(tree.sources))
    }

    @Test("the catalog's API and pages never ask the database") func reads() throws {
        expectNone(try WordRules.sqlInReads(tree.sources))
    }

    @Test("no path of anybody's machine is written down") func machines() throws {
        expectNone(try WordRules.machinePaths(tree.texts))
    }

    @Test("classes are the design system's alone, and each means one thing") func classes() throws {
        expectNone(try StyleRules.classesOutside(tree.sources))
        expectNone(StyleRules.classesTwice(tree.texts))
    }

    @Test("every component of the interface is in the gallery") func gallery() {
        #expect(GalleryRules.components(tree.sources).count > 80)
        expectNone(GalleryRules.missing(tree.sources))
    }

    @Test("files are named after what they are for") func names() { expectNone(WordRules.names(tree.sources)) }

    @Test("files, sockets and processes are opened by the live services only") func outside() throws {
        expectNone(try OutsideRules.touches(tree.sources))
        expectNone(try OutsideRules.unused(tree.sources))
    }

    @Test("every plugin passes the conformance suite and introduces itself") func plugins() {
        expectNone(PluginRules.untested(sources: tree.sources, tests: tree.tests))
        expectNone(PluginRules.withoutIntroduction(tree.sources))
    }

    @Test("every migration is written for both engines") func migrations() {
        let migrations = Lease.migrations + standardPlugins.flatMap { $0.migrations }
        #expect(migrations.count >= 3)
        expectNone(PluginRules.migrations(migrations))
    }
}
