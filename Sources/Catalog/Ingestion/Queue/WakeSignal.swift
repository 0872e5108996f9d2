/// Wakes one waiter, also when the wake comes before the wait.
actor WakeSignal {
    private var isRaised = false
    private var waiter: (number: Int, continuation: CheckedContinuation<Bool, Never>)?
    private var lastNumber = 0

    func wake() {
        if let waiter {
            self.waiter = nil
            waiter.continuation.resume(returning: true)
        } else {
            isRaised = true
        }
    }

    /// Waits for a wake, for the time or for the end of the task.
    /// - Returns: whether it was a wake.
    @discardableResult
    func wait(atMost duration: Duration) async -> Bool {
        if isRaised {
            isRaised = false
            return true
        }
        lastNumber += 1
        let number = lastNumber
        let timer = Task {
            try? await Task.sleep(for: duration)
            self.endWait(number)
        }
        let isWoken = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter = (number, $0) }
        } onCancel: {
            timer.cancel()
        }
        timer.cancel()
        return isWoken
    }

    /// A timer that comes late, or was cancelled, must neither raise the signal nor end the next wait.
    private func endWait(_ number: Int) {
        guard let waiter, waiter.number == number else { return }
        self.waiter = nil
        waiter.continuation.resume(returning: false)
    }
}
