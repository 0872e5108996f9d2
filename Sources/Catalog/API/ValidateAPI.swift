import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `POST /validate-entity` and `POST /analyze-location`: looks that store nothing.
struct ValidateAPI: Sendable {
    let index: PublishedIndex
    let permissions: ServiceHandle<any PermissionService>
    let runtime: RuntimeExchange

    var routes: [Route] {
        [
            Route(
                .post, "/api/catalog/validate-entity", access: .permission(CatalogPermissions.entityValidate),
                maximumBodyBytes: EntityLimits.longest, handler: validate),
            Route(
                .post, "/api/catalog/analyze-location", access: .permission(CatalogPermissions.locationAnalyze),
                handler: analyze),
        ]
    }

    private func validate(_ request: PortalRequest) async throws -> PortalResponse {
        let body: JSONValue
        do { body = try JSONBody.filledObject(request) } catch let error as PortalError {
            return Self.errors([error.message])
        }
        guard let text = body["location"]?.string, let entity = body["entity"] else {
            return Self.errors(["Malformed request: entity and location are required"])
        }
        guard let location = LocationReference(parsing: text), location.type == "url" else {
            return Self.errors([
                "Invalid location ref '\(text)', only 'url:<target>' is supported, e.g. url:https://host/path"
            ])
        }
        do {
            let result = try await runtime.current.pipeline.process(
                entity, at: location, origin: location, position: EntityPosition(document: nil), checksRules: false)
            return result.problem.map { Self.errors([$0.message]) } ?? PortalResponse()
        } catch {
            return Self.errors([ProcessingProblem(error).message])
        }
    }

    private static func errors(_ messages: [String]) -> PortalResponse {
        let errors = messages.map { JSONValue.object(["name": "InputError", "message": .string($0)]) }
        return .json(["errors": .array(errors)], status: .badRequest)
    }

    private func analyze(_ request: PortalRequest) async throws -> PortalResponse {
        let body = try JSONBody.filledObject(request)
        for key in body.object?.keys ?? [] where !["location", "catalogFilename", "catalogFileName"].contains(key) {
            throw PortalError(.input, "Malformed request: Unrecognized key(s) in object: '\(key)'")
        }
        guard let location = body["location"], location["type"]?.string != nil, let target = location["target"]?.string
        else { throw PortalError(.input, "Malformed request: location must have type and target") }
        guard let url = URLReference.parse(target) else {
            throw PortalError(.input, "The given location.target is not a URL")
        }
        let name = body["catalogFilename"]?.string ?? body["catalogFileName"]?.string ?? "catalog-info.yaml"
        let isFile = [".yaml", ".yml", ".json"].contains { url.path.hasSuffix($0) }
        let folder = url.text.hasSuffix("/") ? url.text : url.text + "/"
        let file = isFile ? url.text : URLReference.resolve(name, against: folder) ?? url.text
        let found = LocationReference(type: "url", target: file)
        do {
            guard case .file(let bytes, _) = try await runtime.current.processor.reading.read(found, origin: found)
            else {
                return .json(Self.suggestion(url))
            }
            let catalog = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
            return .json(Self.existing(bytes, found, catalog))
        } catch let error as PortalError where error.kind == .notFound {
            return .json(Self.suggestion(url))
        }
    }

    private static func existing(
        _ bytes: [UInt8], _ location: LocationReference, _ catalog: AuthorizedCatalog
    ) -> JSONValue {
        let files = YAMLReader.documents(bytes).compactMap { document -> JSONValue? in
            guard let value = try? document.value.get(), let object = value.object else { return nil }
            let known = catalog.slot(reference: Entity(object).reference.description).map {
                Entity(catalog.index.object(of: $0))
            }
            let isRegistered = known?.annotation("backstage.io/managed-by-location") == location.description
            return [
                "location": ["type": .string(location.type), "target": .string(location.target)],
                "isRegistered": .bool(isRegistered), "entity": value,
            ]
        }
        return ["existingEntityFiles": .array(files), "generateEntities": []]
    }

    /// A Component named after the last part of the address, to be completed by whoever registers it.
    private static func suggestion(_ url: URLReference.Parts) -> JSONValue {
        let last = url.path.split(separator: "/").last.map(String.init) ?? url.host
        let name = String(last.prefix(NameFormat.longest).filter { NameFormat.isName("a\($0)a") })
        let fields: [JSONValue] = [
            [
                "field": "spec.type", "state": "analysisSuggestedNoValue", "value": "other",
                "description": "What kind of component this is, such as service, website or library.",
            ],
            [
                "field": "spec.lifecycle", "state": "needsUserInput", "value": .null,
                "description": "How mature it is, such as experimental or production.",
            ],
            ["field": "spec.owner", "state": "needsUserInput", "value": .null, "description": "Who owns it."],
        ]
        let entity: JSONValue = [
            "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": ["name": .string(name)],
            "spec": ["type": "other", "lifecycle": "unknown"],
        ]
        return ["existingEntityFiles": [], "generateEntities": [["entity": entity, "fields": .array(fields)]]]
    }
}
