public import PortalKit

/// Parts that plugins draw: each has a time to end by, and one that fails never breaks the page that it stands on.
public enum Contributed {
    public static let longest: Duration = .seconds(5)

    /// What is drawn, or why it is not.
    /// - Returns: nil where there is nothing to show.
    public static func html(
        within limit: Duration = longest, _ context: ViewContext,
        _ draw: @escaping @Sendable () async throws -> HTML?
    ) async -> HTML? {
        do { return try await Deadline.run(limit, draw) } catch {
            let message = (error as? PortalError).map { $0.kind == .internal ? nil : $0.message } ?? nil
            return Note.text(.warn, nil, message ?? context.language.interface.couldNotBeDrawn)
        }
    }

    /// All parts at once, in their order: the page waits for the slowest, at most its time.
    public static func all<Part: Sendable>(
        _ parts: [Part], within limit: Duration = longest, _ context: ViewContext,
        _ draw: @escaping @Sendable (Part) async throws -> HTML?
    ) async -> [(part: Part, content: HTML?)] {
        await withTaskGroup(of: (Int, HTML?).self) { group in
            for (number, part) in parts.enumerated() {
                group.addTask { (number, await html(within: limit, context) { try await draw(part) }) }
            }
            var contents: [Int: HTML] = [:]
            for await (number, html) in group { contents[number] = html }
            return parts.enumerated().map { ($1, contents[$0]) }
        }
    }
}
