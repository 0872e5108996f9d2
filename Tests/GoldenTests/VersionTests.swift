import ArgumentParser
import Foundation
import PortalKit
import Testing

@testable import callboard

/// One version, wherever it is told.
@Suite struct VersionTests {
    @Test("the program tells the version that the changelog begins with") func changelog() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        let heading = try #require(text.split(separator: "\n").first { $0.hasPrefix("## ") })
        let version = CallboardVersion.current
        let expected = version.hasSuffix("-dev") ? "\(version.dropLast("-dev".count)) (unreleased)" : version
        #expect(heading == "## \(expected)")
        #expect(CallboardCommand.configuration.version == version)
    }
}
