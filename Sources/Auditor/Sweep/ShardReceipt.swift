/// Tells a test runner that its shard was honoured: it takes a shard without the file for one that ran everything.
package enum ShardReceipt {
  /// Leaves the file that `TEST_SHARD_STATUS_FILE` names, if it does.
  package static func leave(_ environment: [String: String]) throws(FileError) {
    guard let path = environment["TEST_SHARD_STATUS_FILE"], !path.isEmpty, environment["TEST_SHARD_INDEX"] != nil else {
      return
    }
    try AtomicFile.write([], to: path)
  }
}
