extension Workspace {
  /// Commits everything in the tree, in a repository that is made when needed.
  ///
  /// - Returns: the full name of the commit.
  package func commit() throws -> String {
    let person = ["GIT_AUTHOR", "GIT_COMMITTER"].flatMap { role in
      [("\(role)_NAME", "Test"), ("\(role)_EMAIL", "test@example.org"), ("\(role)_DATE", "1767225600 +0000")]
    }
    let script = "git init -q && git add -A && git commit -q --allow-empty -m State && git rev-parse HEAD"
    let outcome = try start(["sh", "-c", script], environment: Dictionary(uniqueKeysWithValues: person))
    guard outcome.status == 0 else { throw GitFailed(outcome: outcome) }
    return String(outcome.output.prefix { $0 != "\n" })
  }

  package struct GitFailed: Error {
    let outcome: Outcome

    package init(outcome: Outcome) { self.outcome = outcome }
  }
}
