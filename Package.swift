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

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

/// What every feature may use: the kit, never another feature.
let kit: [Target.Dependency] = ["EntityModel", "PortalKit", logging, httpTypes]

func feature(_ name: String, extra: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: kit + extra, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "callboard",
    products: [
        .library(name: "PortalKit", targets: ["PortalKit", "EntityModel"])
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // Without its default traits: they build swift-configuration and the whole of Foundation for nothing.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .target(name: "EntityModel", swiftSettings: strictKit),
        .target(name: "Database", dependencies: [grdb], swiftSettings: strict),
        .target(name: "PortalKit", dependencies: ["EntityModel", httpTypes, yams], swiftSettings: strictKit),
        feature("Catalog"),
        .target(
            name: "PortalServer", dependencies: ["EntityModel", "PortalKit", hummingbird, httpTypes, logging, nio],
            swiftSettings: strict),
        tests("EntityModelTests", ["EntityModel"]),
        tests("DatabaseTests", ["Database"]),
        tests("PortalKitTests", ["EntityModel", "PortalKit", httpTypes]),
        tests("CatalogTests", kit + ["Catalog"]),
        tests("PortalServerTests", ["EntityModel", "PortalKit", "PortalServer", hummingbird, httpTypes, logging, nio]),
    ]
)
