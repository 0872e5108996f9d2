import PortalKit
import PortalServer

/// The portal with one route more, so that every measurement has its measure in the same process.
@main enum BenchServer {
    static func main() async throws {
        let configs = CommandLine.arguments.dropFirst().filter { $0 != "--config" }
        try await PortalServer.run(standardPlugins + [BenchPlugin.self], configPaths: Array(configs))
    }
}
