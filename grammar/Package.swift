// swift-tools-version:5.3
import PackageDescription

let package = Package(
    name: "TreeSitterBpftrace",
    products: [.library(name: "TreeSitterBpftrace", targets: ["TreeSitterBpftrace"])],
    targets: [
        .target(
            name: "TreeSitterBpftrace",
            path: ".",
            sources: ["src/parser.c", "src/scanner.c"],
            resources: [.copy("queries")],
            publicHeadersPath: "bindings/swift",
            cSettings: [.headerSearchPath("src")]
        )
    ],
    cLanguageStandard: .c11
)
