"""The generators of clients that the specifications are tried with, and what their clients need: here alone, and exactly.

openapi-python-client is pinned, with its hash, in requirements.lock. What these need in turn is what they ask for themselves.
"""

NPM = {
    "openapi-typescript": "7.13.0",
    "openapi-fetch": "0.17.0",
    "typescript": "5.9.3",
    "@types/node": "20.19.0",
}
"""openapi-typescript 7 asks for TypeScript 5."""

GO_GENERATOR = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"
GO = {GO_GENERATOR: "v2.8.2", "github.com/oapi-codegen/runtime": "v1.9.0"}
"""The client of Go checks what it loads against its public checksum database, unless told otherwise."""

JAVA_GENERATOR = "org.openapitools:openapi-generator-cli:7.25.0"
JAVA_GENERATOR_SHA256 = "41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae"
JAVA = (
    "com.fasterxml.jackson.core:jackson-databind:2.21.5",
    "com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.21.5",
    "org.openapitools:jackson-databind-nullable:0.2.11",
    "com.google.code.findbugs:jsr305:3.0.2",
    "jakarta.annotation:jakarta.annotation-api:1.3.5",
)
"""What a client of the generator `java` with library `native` needs, as its own pom.xml says."""
GO_ZEGEL = {
    "golang.org/x/mod/sumdb/tlog": "v0.43.0",
    "github.com/transparency-dev/formats/note": "v0.1.1",
}
"""With which a Go program checks the logs of fonds: notes and trees, and cosignatures."""
