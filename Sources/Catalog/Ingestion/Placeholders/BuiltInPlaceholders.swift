import EntityModel
import PortalKit

/// The placeholders of upstream.
enum BuiltInPlaceholders {
    static let all: [PlaceholderResolver] = [
        PlaceholderResolver("text") { .string(try text(try await $0.read($0.reference), $0)) },
        PlaceholderResolver("json") { request in
            let content = try await request.read(request.reference)
            do { return try JSONParser.parse(content.bytes) } catch {
                throw PortalError(
                    .input, "Placeholder $json failed to parse JSON data at \(content.target): \(error)")
            }
        },
        PlaceholderResolver("yaml") { try yaml(try await $0.read($0.reference), $0) },
        PlaceholderResolver("openapi", resolve: bundled),
        PlaceholderResolver("asyncapi", resolve: bundled),
    ]

    private static func text(
        _ content: PlaceholderRequest.Content, _ request: PlaceholderRequest
    ) throws -> String {
        guard let text = String(validating: content.bytes, as: UTF8.self) else {
            throw PortalError(.input, "Placeholder $\(request.key): \(content.target) is not text in UTF-8")
        }
        return text
    }

    private static func yaml(
        _ content: PlaceholderRequest.Content, _ request: PlaceholderRequest
    ) throws -> JSONValue {
        let documents = YAMLReader.documents(content.bytes)
        guard documents.count == 1, let document = documents.first else {
            throw PortalError(
                .input,
                "Placeholder $\(request.key) expected to find exactly one document of data at \(content.target), but "
                    + "found \(documents.count)")
        }
        do { return try document.value.get() } catch {
            throw PortalError(
                .input, "Placeholder $\(request.key) failed to parse YAML data at \(content.target): \(error)")
        }
    }

    /// A description with what its `$ref`s lead to outside put in place; as JSON, which is YAML too.
    private static func bundled(_ request: PlaceholderRequest) async throws -> JSONValue {
        let content = try await request.read(request.reference)
        let value = try yaml(content, request)
        var bundle = ReferenceBundle(request, root: value, target: content.target)
        let complete = try await bundle.complete()
        // Nothing to put in place: the author's own text, comments included.
        if !bundle.hasInlined { return .string(try text(content, request)) }
        return .string(JSONWriter.text(complete))
    }
}
