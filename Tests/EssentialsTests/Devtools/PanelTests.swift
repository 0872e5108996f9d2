import Database
import EntityModel
import Foundation
import PortalKit
import PortalTesting
import PortalUI
import Testing

@testable import Essentials

@Suite struct PanelTests {
    private let context = ViewContext(principal: .none, now: Date(timeIntervalSince1970: 1_000_000))

    @Test("what the configuration says is found by key, value and file; what nobody reads is marked")
    func configuration() async throws {
        let portal = try await DevtoolsPortal.make(
            config: "invented: { word: blue }\nbackend: { cors: { origin: there } }")
        let all = DevtoolsPortal.text(await portal.page("/config"))
        #expect(all.contains("read by nobody"))
        #expect(all.contains("Backstage&#39;s own, not used") || all.contains("Backstage's own, not used"))
        let found = DevtoolsPortal.text(await portal.page("/config?find=BLUE"))
        #expect(found.contains("invented.word"))
        #expect(!found.contains("backend.cors.origin"))
        let unread = DevtoolsPortal.text(await portal.page("/config?unread=true"))
        #expect(unread.contains("invented.word"))
        #expect(!unread.contains("devtools.allow[0]"))
        #expect(
            DevtoolsPortal.text(await portal.page("/config?find=nowhere")).contains("Nothing that is configured fits."))
    }

    @Test("many lines are shown a page at a time") func pages() {
        let lines = (0..<450).map {
            ConfigurationLine(path: "key.n\($0)", value: "1", origin: nil, reader: .portal, isLate: $0 == 449)
        }
        func html(_ query: String) -> String {
            ConfigPanel(lines: lines, view: .init(QueryParameters(query)), context: context).html.text
        }
        #expect(html("").contains("1–200 of 450"))
        #expect(html("page=3").contains("401–450 of 450"))
        #expect(html("page=3").contains("after a restart"))
        #expect(html("page=99").contains("401–450 of 450"))
        #expect(html("page=-1&find=n44").contains("1–11 of 11"))
    }

    @Test("work in the background is told with its last error, escaped") func tasks() {
        let services = [
            BackgroundReport(name: "first"),
            BackgroundReport(name: "second", phase: .running(since: context.now.addingTimeInterval(-7_200))),
            BackgroundReport(
                name: "third", phase: .paused(until: context.now.addingTimeInterval(12)), failures: 3,
                lastError: "<script>", lastFailure: context.now),
            BackgroundReport(name: "fourth", phase: .ended),
        ]
        let html = TasksPanel(
            services: services,
            jobs: [
                JobStore.Report(
                    name: "forget", startedAt: 0, endedAt: 1_000, isRunning: false, runs: 9, failures: 2,
                    error: "<b>"),
                JobStore.Report(
                    name: "count", startedAt: 0, endedAt: nil, isRunning: true, runs: 1, failures: 0, error: nil),
            ], leases: [HeldLease(name: "sweep", token: 7, until: 0, isHeld: false)], context: context
        ).html.text
        #expect(html.contains("not started"))
        #expect(html.contains("2 hours ago"))
        #expect(html.contains("failed, starts again in 12 s"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(!html.contains("<script>"))
        #expect(html.contains("sweep"))
        #expect(html.contains("forget") && html.contains("&lt;b&gt;") && html.contains("count"))
    }

    @Test("each scheduled job says when it is due next, also one that nobody has looked at yet") func nextRuns() {
        let now = Int64(context.now.timeIntervalSince1970 * 1_000)
        let job = ScheduledJob("forget", every: .seconds(86_400)) { _ in }
        let delay = TasksPanel.delays([job], at: now)["forget"] ?? 0
        #expect(delay == JobSchedule(interval: .seconds(86_400), name: "forget").delay(at: now))
        func html(_ jobs: [JobStore.Report]) -> String {
            TasksPanel(
                services: [], jobs: jobs, delays: ["forget": 7_200_000, "sweep": 9_000], leases: [], context: context
            ).html.text
        }
        let known = JobStore.Report(
            name: "forget", startedAt: nil, endedAt: nil, isRunning: false, runs: 0, failures: 0, error: nil)
        for jobs in [[], [known]] {
            let text = html(jobs)
            #expect(text.contains("Next run") && text.contains("not run yet") && !text.contains("not started"))
            #expect(text.contains("in 2 hours") && text.contains("in less than a minute"), "\(text)")
        }
        let old = JobStore.Report(
            name: "of an older version", startedAt: 0, endedAt: 0, isRunning: false, runs: 1, failures: 0, error: nil)
        #expect(html([old]).contains("of an older version"))
    }

    @Test("the page has the jobs of the portal with their next times") func jobsOfThePortal() async throws {
        let portal = try await DevtoolsPortal.make([UserSettingsPlugin.self])
        let text = DevtoolsPortal.text(await portal.page("/tasks"))
        #expect(text.contains("user-settings: sweep sessions") && text.contains("not run yet"))
        #expect(DevtoolsPortal.text(await portal.page("/tasks", language: "de")).contains("Nächster Lauf"))
    }

    @Test("leases are read from the database") func leases() async throws {
        let portal = try await DevtoolsPortal.make()
        _ = try await Lease.acquire("sweep", milliseconds: 60_000, in: portal.portal.database)
        let held = try await HeldLease.all(in: portal.portal.database)
        #expect(held.map(\.name) == ["sweep"])
        #expect(held.first?.isHeld == true)
        #expect(DevtoolsPortal.text(await portal.page("/tasks")).contains("sweep"))
    }

    @Test("plugins are listed with what they contribute") func plugins() async throws {
        let portal = try await DevtoolsPortal.make([UserSettingsPlugin.self])
        let html = DevtoolsPortal.text(await portal.page("/plugins"))
        #expect(html.contains("id=\"plugin-user-settings\""))
        #expect(html.contains("/starred"))
        #expect(html.contains("DevtoolsPanel 5"))
    }

    @Test("every colour of the style sheet is in the gallery, and readable enough for what it is for")
    func colours() {
        #expect(ColourToken.all.count > 30)
        for token in ColourToken.all {
            guard let wanted = token.wanted, let contrasts = token.contrasts else { continue }
            #expect(contrasts.light >= wanted, "\(token.name)")
            #expect(contrasts.dark >= wanted, "\(token.name)")
        }
    }
}
