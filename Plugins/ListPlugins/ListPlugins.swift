import Foundation
import PackagePlugin

/// Writes `standardPlugins`: every type declared in a file named `<Name>Plugin.swift` of the modules that the target
/// depends on, so that a new plugin needs no edit elsewhere.
@main struct ListPlugins: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        var imports: Set<String> = ["import PortalKit"]
        var types: [String] = []
        for case .target(let dependency) in target.dependencies {
            guard let module = dependency as? any SourceModuleTarget else { continue }
            let names = module.sourceFiles.map { $0.url.deletingPathExtension().lastPathComponent }
                .filter { $0.hasSuffix("Plugin") && $0 != "Plugin" }
            if names.isEmpty { continue }
            imports.insert("import \(module.moduleName)")
            types += names.map { "    \(module.moduleName).\($0).self," }
        }
        let lines =
            imports.sorted() + [
                "", "/// Every plugin of this program.", "public let standardPlugins: [any Plugin.Type] = [",
            ]
            + types.sorted() + ["]", ""]
        let text = lines.joined(separator: "\n")
        let output = context.pluginWorkDirectoryURL.appending(path: "StandardPlugins.swift")
        if (try? String(contentsOf: output, encoding: .utf8)) != text {
            try text.write(to: output, atomically: true, encoding: .utf8)
        }
        return [
            .buildCommand(
                displayName: "List plugins", executable: URL(fileURLWithPath: "/bin/true"), arguments: [],
                outputFiles: [output])
        ]
    }
}
