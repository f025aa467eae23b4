import Auditor

extension Arguments {
  /// How earlier scans are made use of, as `--no-cache` and `--verify-cache` say.
  func cacheRequest() throws(UsageError) -> CacheRequest {
    if has(.noCache), has(.verifyCache) {
      throw .contradiction("--no-cache and --verify-cache contradict each other; give one")
    }
    return CacheRequest(
      has(.noCache) ? .off : has(.verifyCache) ? .verified : .on, toolVersion: Version.number)
  }
}
