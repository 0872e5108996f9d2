// swift-tools-version:6.2
import PackageDescription

/// Warnings are errors with the compilers that this source was written with. A newer one may warn of more, and that must
/// keep nobody from building. Always the same for a compiler, so that `make check`, `make test` and a plain build share
/// what they built; dependencies have settings of their own.
#if compiler(<6.4)
    let warnings: [SwiftSetting] = [.treatAllWarnings(as: .error)]
    let warningsInC: [CSetting] = [.treatAllWarnings(as: .error)]
#else
    let warnings: [SwiftSetting] = []
    let warningsInC: [CSetting] = []
#endif

/// Settings of every target of ours; the kit's own modules also hide their imports.
let strict: [SwiftSetting] =
    warnings + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
let strictKit: [SwiftSetting] = strict + [.enableUpcomingFeature("InternalImportsByDefault")]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let grdb: [Target.Dependency] = ["GRDB", "GRDBSQLite"].map { .product(name: $0, package: "GRDB.swift") }
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

/// What every feature may use: the kit, never another feature.
let kit: [Target.Dependency] = ["EntityModel", "Database", "PortalKit", "PortalUI", logging, httpTypes]

/// The features of the portal; their plugins are found by the names of their files.
let features: [Target.Dependency] = ["Access", "Catalog", "Essentials"]

func feature(_ name: String, extra: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: kit + extra, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "callboard",
    products: [
        .executable(name: "callboard", targets: ["callboard"]),
        .library(name: "PortalKit", targets: ["PortalKit", "PortalUI", "EntityModel"]),
        .library(name: "PortalTesting", targets: ["PortalTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // Without its default traits: they build swift-configuration and the whole of Foundation for nothing.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .target(name: "EntityModel", swiftSettings: strictKit),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "Database", dependencies: ["CPostgres"] + grdb, swiftSettings: strict),
        .target(
            name: "PortalKit",
            dependencies: ["CZlib", "EntityModel", "Database", argumentParser, httpTypes, logging, yams],
            swiftSettings: strictKit),
        .target(name: "CZlib", cSettings: warningsInC, linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CAssets", cSettings: warningsInC),
        .target(name: "PortalUI", dependencies: ["EntityModel", "PortalKit", "CAssets"], swiftSettings: strictKit),
        feature("Access", extra: [crypto]),
        .target(name: "CProcessor", cSettings: warningsInC),
        feature("Catalog", extra: ["CProcessor", argumentParser, crypto]),
        feature("Essentials"),
        .target(name: "CLinux", cSettings: warningsInC),
        .target(name: "CCurl", cSettings: warningsInC, linkerSettings: [.linkedLibrary("curl")]),
        .target(
            name: "PortalServer",
            dependencies: features + kit + ["CCurl", "CLinux", hummingbird, nio, lifecycle, argumentParser],
            swiftSettings: strict, plugins: ["ListPlugins"]),
        .executableTarget(
            name: "callboard", dependencies: ["PortalServer", "PortalKit", "EntityModel", "Database", argumentParser],
            swiftSettings: strict),
        .executableTarget(
            name: "callboard-bench", dependencies: ["PortalServer"] + kit, path: "Benchmarks",
            exclude: ["run.py", "extremes.py", "measure.py", "pages.py", "replicas.py"], swiftSettings: strict),
        .plugin(name: "ListPlugins", capability: .buildTool()),
        .target(name: "PortalTesting", dependencies: kit + ["PortalServer"], swiftSettings: strict),
        tests("EntityModelTests", ["EntityModel"]),
        tests("DatabaseTests", ["Database", "PortalTesting"]),
        tests("PortalKitTests", ["EntityModel", "PortalKit", httpTypes]),
        tests("PortalUITests", ["EntityModel", "PortalKit", "PortalUI"]),
        tests("AccessTests", kit + ["Access", "PortalServer", "PortalTesting", crypto]),
        tests("CatalogTests", kit + ["Catalog", "PortalServer", "PortalTesting", argumentParser]),
        tests("EssentialsTests", kit + ["Essentials", "PortalServer", "PortalTesting"]),
        tests("GoldenTests", kit + ["callboard", "PortalServer", "PortalTesting", argumentParser]),
        tests("TidyTests", ["Database", "PortalKit", "PortalServer"]),
        tests("CompatibilityTests", kit + ["PortalServer", "PortalTesting"]),
        tests("PortalServerTests", kit + ["PortalServer", "PortalTesting", hummingbird, nio, nioPosix]),
    ]
)
