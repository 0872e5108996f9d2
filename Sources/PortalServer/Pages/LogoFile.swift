import PortalKit
import PortalUI

/// The operator's logo, from the file that `app.branding.logo` names.
enum LogoFile {
    private static let largest = 64 << 10
    private static let endings = ["svg", "png", "webp"]

    /// - Throws: `PortalError` of kind `input` that names the key for a file that is none of these, or cannot be read.
    static func read(_ config: AppConfig, _ files: any Workspace) async throws -> Brand.Logo? {
        let node = config.node("app.branding.logo")
        guard let path = try node.text() else { return nil }
        guard let ending = path.split(separator: ".").last?.lowercased(), endings.contains(ending) else {
            throw node.mistake("must be a file that ends in .svg, .png or .webp, but is '\(path)'")
        }
        do {
            return Brand.Logo(try await files.read(path, beneath: config.folder, maximumBytes: largest), ending: ending)
        } catch let error as PortalError {
            throw node.mistake("cannot be read: \(error.message)")
        }
    }
}
