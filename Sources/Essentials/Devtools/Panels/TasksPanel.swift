import Database
import Foundation
import PortalKit
import PortalUI

/// How the work in the background fares.
struct TasksPanel: Sendable {
    let services: [BackgroundReport]
    let jobs: [JobStore.Report]
    let leases: [HeldLease]
    let context: ViewContext

    var html: HTML {
        let words = context.language.devtools
        let number = context.language.interface.number
        return HTML { h in
            h.add(Card.html(words.services, count: number(services.count), content: servicesPart(words)))
            if !jobs.isEmpty { h.add(Card.html(words.jobs, count: number(jobs.count), content: jobsTable(words))) }
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

    private func jobsTable(_ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.jobs,
            [
                .init(words.name, width: .whole), .init(words.state, width: .whole),
                .init(words.jobRuns, width: .number),
                .init(words.failures, width: .number), .init(words.lastError, width: .wide),
            ],
            rows: jobs.map { job in
                .init([
                    Plain.html(job.name), state(job, words),
                    NarrowLabel.html(words.jobRuns, Plain.html(String(job.runs))),
                    NarrowLabel.html(words.failures, Plain.html(String(job.failures))),
                    job.error.map { Code.long($0) } ?? .empty,
                ])
            }, context.language.interface)
    }

    private func state(_ job: JobStore.Report, _ words: any DevtoolsWords) -> HTML {
        if job.isRunning { return StateMark.html(.info, words.runs) }
        guard let ended = job.endedAt else { return StateMark.html(.none, words.waits) }
        return HTML { h in
            h.add(StateMark.html(job.error == nil ? .ok : .bad, words.ended))
            h.text(" ")
            let time = Date(timeIntervalSince1970: Double(ended) / 1_000)
            h.add(Time.html(time, now: context.now, context.language.interface))
        }
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
