import Database
import Foundation
import PortalKit
import PortalUI

/// How the work in the background fares.
struct TasksPanel: Sendable {
    let services: [BackgroundReport]
    let jobs: [JobStore.Report]
    /// Milliseconds until each job of this portal is due next, by its name.
    var delays: [String: Int64] = [:]
    let leases: [HeldLease]
    let context: ViewContext

    /// - Parameter now: milliseconds since 1970 by the database's clock, which jobs go by.
    static func delays(_ jobs: [ScheduledJob], at now: Int64) -> [String: Int64] {
        Dictionary(
            jobs.map { ($0.name, JobSchedule(interval: $0.interval, name: $0.name).delay(at: now)) }
        ) { first, _ in first }
    }

    /// Those of the database, and those that no replica has looked at yet.
    private var allJobs: [JobStore.Report] {
        let known = Set(jobs.map(\.name))
        let more = delays.keys.filter { !known.contains($0) }.map { name in
            JobStore.Report(
                name: name, startedAt: nil, endedAt: nil, isRunning: false, runs: 0, failures: 0, error: nil)
        }
        return (jobs + more).sorted { $0.name < $1.name }
    }

    var html: HTML {
        let jobs = allJobs
        let words = context.language.devtools
        let number = context.language.interface.number
        return HTML { h in
            h.add(Card.html(words.services, count: number(services.count), content: servicesPart(words)))
            if !jobs.isEmpty {
                h.add(Card.html(words.jobs, count: number(jobs.count), content: jobsTable(jobs, words)))
            }
            if !leases.isEmpty {
                h.add(Card.html(words.leases, count: number(leases.count), content: leasesTable(words)))
            }
        }
    }

    private func servicesPart(_ words: any DevtoolsWords) -> HTML {
        if services.isEmpty { return Card.quiet(words.noServices) }
        return Table.html(
            words.services,
            [
                .init(words.name, width: .whole), .init(words.state, width: .whole),
                .init(words.since, width: .whole), .init(words.failures, width: .number),
                .init(words.lastError, width: .wide),
            ],
            rows: services.map { service in
                .init([
                    Plain.html(service.name), state(service, words), NarrowLabel.html(words.since, since(service)),
                    NarrowLabel.html(words.failures, Plain.html(String(service.failures))),
                    lastError(service),
                ])
            }, context.language.interface)
    }

    private func state(_ service: BackgroundReport, _ words: any DevtoolsWords) -> HTML {
        switch service.phase {
        case .waiting: StateMark.html(.none, words.waits)
        case .running: StateMark.html(service.failures == 0 ? .ok : .info, words.runs)
        case .paused(let until):
            StateMark.html(.bad, words.startsAgain(in: max(0, Int(until.timeIntervalSince(context.now).rounded(.up)))))
        case .ended: StateMark.html(.none, words.ended)
        }
    }

    private func since(_ service: BackgroundReport) -> HTML {
        guard case .running(let since) = service.phase else { return .empty }
        return Time.html(since, now: context.now, context.language.interface)
    }

    private func lastError(_ service: BackgroundReport) -> HTML {
        guard let error = service.lastError else { return .empty }
        return HTML { h in
            h.add(Code.long(error))
            if let time = service.lastFailure {
                h.text(" ")
                h.add(Time.html(time, now: context.now, context.language.interface))
            }
        }
    }

    private func jobsTable(_ jobs: [JobStore.Report], _ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.jobs,
            [
                .init(words.name, width: .whole), .init(words.state, width: .whole),
                .init(words.nextRun, width: .whole), .init(words.jobRuns, width: .number),
                .init(words.failures, width: .number), .init(words.lastError, width: .wide),
            ],
            rows: jobs.map { job in
                .init([
                    Code.inline(job.name), state(job, words), NarrowLabel.html(words.nextRun, nextRun(job, words)),
                    NarrowLabel.html(words.jobRuns, Plain.html(String(job.runs))),
                    NarrowLabel.html(words.failures, Plain.html(String(job.failures))),
                    job.error.map { Code.long($0) } ?? .empty,
                ])
            }, context.language.interface)
    }

    private func state(_ job: JobStore.Report, _ words: any DevtoolsWords) -> HTML {
        if job.isRunning { return StateMark.html(.info, words.runs) }
        guard let ended = job.endedAt else { return StateMark.html(.none, words.isNew) }
        return HTML { h in
            h.add(StateMark.html(job.error == nil ? .ok : .bad, words.ended))
            h.text(" ")
            let time = Date(timeIntervalSince1970: Double(ended) / 1_000)
            h.add(Time.html(time, now: context.now, context.language.interface))
        }
    }

    /// Empty for a job that this version no longer has.
    private func nextRun(_ job: JobStore.Report, _ words: any DevtoolsWords) -> HTML {
        guard let delay = delays[job.name] else { return .empty }
        let time = context.now.addingTimeInterval(Double(delay) / 1_000)
        let interface = context.language.interface
        let exact = time.formatted(.iso8601)
        let text = delay < 45_000 ? words.soon : Time.relative(time, now: context.now, interface)
        return HTML { h in h(.time, .datetime(exact), .title(exact), text: text) }
    }

    private func leasesTable(_ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.leases,
            [.init(words.name, width: .wide), .init(words.state, width: .whole), .init(words.holder, width: .number)],
            rows: leases.map { lease in
                .init([
                    Code.long(lease.name),
                    lease.isHeld ? StateMark.html(.ok, words.isHeld) : StateMark.html(.none, words.isFree),
                    Plain.html(String(lease.token)),
                ])
            }, context.language.interface)
    }
}
