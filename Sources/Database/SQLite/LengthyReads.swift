import Dispatch

/// Where a read that takes long goes on between its steps: a thread that waits for nobody.
///
/// Whoever holds a connection must be able to give it back without those threads that tasks usually run on: all of
/// these may be waiting for a connection.
final class LengthyReads: TaskExecutor {
    /// In line, so that it has a thread of its own whatever others do; the reading itself happens elsewhere.
    private let queue = DispatchQueue(label: "callboard.sqlite.lengthy")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
