import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What the log says once the first reading is over.
@Suite struct StartReportTests {
    @Test("it counts entities and those with errors, once")
    func counts() async throws {
        let good = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: a }
            spec: { type: service, lifecycle: production, owner: team }
            """
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /a.yaml }, { type: ftp, target: b }] }",
            files: ["/a.yaml": good])
        let lines = LogLines()
        let index = PublishedIndex()
        let follower = FeedFollower(SQLCatalogFeed(portal.database), index: index, logger: lines.logger)
        try await portal.running {
            #expect(
                await portal.eventually {
                    let answer = await portal.send(.get, "/api/catalog/entities?filter=kind=location")
                    return String(decoding: answer.body, as: UTF8.self).contains("No processor")
                })
            #expect(
                await portal.eventually {
                    await portal.send(.get, "/api/catalog/entities/by-name/component/default/a").status == .ok
                })
        }
        try await follower.load()
        let report = StartReport(index: index, follower: follower, logger: lines.logger)
        await report.tell()
        await report.tell()
        #expect(
            lines.all == [
                "info: All that was due has been read: 3 entities, 1 of them with errors: "
                    + "\(GeneratedLocation.reference(of: LocationReference(type: "ftp", target: "b")))."
            ])
    }
}
