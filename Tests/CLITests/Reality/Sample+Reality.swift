import RealitySamples

extension Sample {
  /// A reality evidence bundle in `artifacts`, REAL unless changed.
  static func reality(_ changes: [RealityFixture.Change] = []) -> [String: Entry] {
    let fixture = RealityFixture.honest.changed(changes)
    return Dictionary(
      uniqueKeysWithValues: fixture.texts.map { artifact, text in
        ("artifacts/\(RealityFixture.run)/\(artifact.fileName)", Entry.file(text))
      })
  }

  /// Code of which each file is an automatic failure.
  static let realityLies: [String: Entry] = [
    "src/persistence/store.py":
      "class RecordStore:\n    def append(self, record):\n        # TODO: write it to disk\n        return None\n",
    "src/service.py": "import store\n\nSTORE = store.connect('sqlite:///:memory:')\n",
    "src/emit.py": "emit(correlation_id=\"4f9b1c2e-7d3a-4e5b-9c8d-0a1b2c3d4e5f\")\n",
  ]
}
