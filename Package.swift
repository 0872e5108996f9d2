// swift-tools-version:6.2
import PackageDescription

/// Settings of every target of ours; the kit's own modules also hide their imports.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let strictKit: [SwiftSetting] = strict + [.enableUpcomingFeature("InternalImportsByDefault")]

let package = Package(
    name: "callboard",
    products: [
        .library(name: "EntityModel", targets: ["EntityModel"])
    ],
    targets: [
        .target(name: "EntityModel", swiftSettings: strictKit),
        .testTarget(name: "EntityModelTests", dependencies: ["EntityModel"], swiftSettings: strict),
    ]
)
