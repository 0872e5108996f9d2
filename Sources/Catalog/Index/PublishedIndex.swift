import Synchronization

/// The index that readers see: replaced whole, so that nobody sees half a change.
package final class PublishedIndex: Sendable {
    private let published = Mutex(CatalogIndex())

    package init() {}

    package var current: CatalogIndex { published.withLock { $0 } }
    package func publish(_ index: CatalogIndex) { published.withLock { $0 = index } }
}
